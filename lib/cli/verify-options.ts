import { parseArgs } from 'node:util';

export const USAGE = `npm run verify -- <evidence.json> [files…] --pin <descriptor.json> [options]
  evidence.json  the evidence of one record, saved from the registry or from /verify
  files          documents that the evidence is to hold for; without any, the evidence is verified by itself
  --pin          the descriptor of the registry that you trust (a JSON file), from another source than the evidence
  --rpc          a node of the chain, of your own choice; may be given several times: all are asked, and must agree
  --lang         en or zh (default: en)
  --json         one JSON document on standard output
Exit code: 0 all of it is proven, 1 something is refuted, 2 it could not be decided (no node was asked, the proof is not
complete yet, or what was given cannot be read).`;

/** Nothing can be verified as asked: the message says what to do. */
export class CannotVerify extends Error {}

export interface VerifyArguments {
  evidence: string;
  files: string[];
  pin: string;
  rpcs: string[];
  lang: 'en' | 'zh';
  json: boolean;
}

function nodeAddress(value: string): string {
  if (URL.canParse(value)) {
    const { protocol, href } = new URL(value);
    if (protocol === 'http:' || protocol === 'https:') return href;
  }
  throw new CannotVerify(`--rpc must be an address that begins with http:// or https://\n\n${USAGE}`);
}

/** @throws CannotVerify with the usage */
export function readVerifyArguments(args: string[]): VerifyArguments {
  let parsed;
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: {
        pin: { type: 'string' },
        rpc: { type: 'string', multiple: true, default: [] },
        lang: { type: 'string', default: 'en' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new CannotVerify(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
  const { values, positionals } = parsed;
  // Exit code 0 says that something is proven, whatever a file is called that somebody drops into a script.
  if (values.help) throw new CannotVerify(USAGE);
  const [evidence, ...files] = positionals;
  if (evidence === undefined) throw new CannotVerify(`Name the evidence.\n\n${USAGE}`);
  if (values.pin === undefined)
    throw new CannotVerify(
      `Name the registry that you trust with --pin: evidence cannot vouch for the registry that made it.\n\n${USAGE}`,
    );
  if (values.lang !== 'en' && values.lang !== 'zh') throw new CannotVerify(`--lang is en or zh.\n\n${USAGE}`);
  return {
    ...{ evidence, files, pin: values.pin, lang: values.lang, json: values.json },
    rpcs: [...new Set(values.rpc.map(nodeAddress))],
  };
}
