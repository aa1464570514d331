import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseVerifierKey, type VerifierKey } from '@/lib/merkle/verifier-key';

export interface WitnessOptions {
  /** Absolute. */
  keyFile: string;
  /** Needed when there is no key yet. */
  name: string | null;
  logs: VerifierKey[];
  /** Absolute folder. */
  state: string;
  /** Registries that are asked for checkpoints, without a slash at the end. */
  submit: string[];
  /** Seconds between two pulls. */
  every: number;
  /** Null: no server (pull mode alone). */
  port: number | null;
  host: string;
}

export const WITNESS_USAGE = `Usage: npm run witness -- --name witness.example.org/w1 --log <verifier key of a log> …
  --log     a log to watch: <origin>+<8 hex digits>+<base64>; may be given several times
  --name    the witness's name, at the first run
  --state   folder of what it remembers (default .witness); never run two witnesses on one
  --key     key file (default: witness-key.json in that folder)
  --port    port of the server (default 3300; with --submit: no server unless given)
  --host    address to listen on (default localhost)
  --submit  a registry to ask and to hand cosignatures to, for a witness that nobody can reach; may be repeated
  --every   seconds between two such rounds (default 5)`;

const isWhole = (text: string, least: number, most: number) =>
  /^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most;

function readLog(text: string): VerifierKey {
  try {
    return parseVerifierKey(text);
  } catch (error) {
    throw new Error(`--log: ${error instanceof Error ? error.message : String(error)}.`, { cause: error });
  }
}

function readAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new Error('--submit takes an address that begins with http:// or https://.');
  return text.replace(/\/+$/, '');
}

/** Reads the command line. @throws Error that says what to do */
export function readWitnessOptions(args: string[]): WitnessOptions {
  const text = { type: 'string' } as const;
  const many = { type: 'string', multiple: true, default: [] as string[] } as const;
  const { values } = parseArgs({
    args,
    options: {
      key: text,
      name: text,
      log: many,
      state: text,
      submit: many,
      every: text,
      port: text,
      host: text,
    },
  });
  const { every = '5', state = '.witness', host = 'localhost' } = values;
  if (values.log.length === 0) throw new Error(`Which log is to be watched?\n\n${WITNESS_USAGE}`);
  if (!isWhole(every, 1, 86_400)) throw new Error('--every takes seconds: a whole number from 1 to 86400.');
  const port = values.port ?? (values.submit.length > 0 ? null : '3300');
  if (port !== null && !isWhole(port, 0, 65_535))
    throw new Error('--port takes a whole number from 0 to 65535.');
  return {
    keyFile: path.resolve(values.key ?? path.join(state, 'witness-key.json')),
    name: values.name ?? null,
    logs: values.log.map(readLog),
    state: path.resolve(state),
    submit: values.submit.map(readAddress),
    every: Number(every),
    port: port === null ? null : Number(port),
    host,
  };
}
