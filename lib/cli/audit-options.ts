import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { MAX_RECEIPT_LENGTH, type GivenReceipt } from '@/lib/audit/check-receipt';

export const USAGE = `npm run audit -- --url <registry> --rpc <chain> [options]
  --url       the registry's address, e.g. https://registry.example
  --rpc       a node of the chain, of your own choice
  --pin       the registry descriptor that you trust (a JSON file); without it the registry's own is taken at the
              first audit and kept in the state file
  --state     where to keep what was checked (default: tenderproof-audit.json)
  --receipts  a receipt, or a folder of them; may be given several times
  --full      check everything again, not only what is new and a sixteenth of the rest
  --json      one JSON document on standard output
Exit code: 0 nothing wrong, 1 something is wrong, 2 the audit could not be done.`;

/** The audit cannot be done as asked: the message says what to do. */
export class CannotAudit extends Error {}

export interface AuditArguments {
  /** Ends in a slash. */
  url: string;
  rpc: string;
  pin: string | null;
  state: string;
  receipts: string[];
  full: boolean;
  json: boolean;
}

function address(name: string, value: string | undefined): URL {
  if (value !== undefined && URL.canParse(value)) {
    const url = new URL(value);
    if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  }
  throw new CannotAudit(`--${name} must be an address that begins with http:// or https://\n\n${USAGE}`);
}

/** @throws CannotAudit with the usage */
export function readAuditArguments(args: string[]): AuditArguments {
  let values;
  try {
    values = parseArgs({
      args,
      options: {
        url: { type: 'string' },
        rpc: { type: 'string' },
        pin: { type: 'string' },
        state: { type: 'string', default: 'tenderproof-audit.json' },
        receipts: { type: 'string', multiple: true, default: [] },
        full: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new CannotAudit(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
  const url = address('url', values.url);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return {
    url: `${url.origin}${url.pathname}`,
    rpc: address('rpc', values.rpc).href,
    pin: values.pin ?? null,
    state: path.resolve(values.state),
    receipts: values.receipts,
    full: values.full,
    json: values.json,
  };
}

/** Receipt files as given, or the `.json` files of a folder. @throws CannotAudit */
export function readReceipts(paths: readonly string[]): GivenReceipt[] {
  return paths.flatMap((given) => {
    const stats = fs.statSync(given, { throwIfNoEntry: false });
    if (!stats) throw new CannotAudit(`There is no receipt at ${given}: check the path.`);
    if (!stats.isDirectory()) return [readReceipt(given)];
    const names = fs.readdirSync(given).filter((name) => name.endsWith('.json'));
    return names.toSorted().map((name) => readReceipt(path.join(given, name)));
  });
}

function readReceipt(file: string): GivenReceipt {
  const { size } = fs.statSync(file);
  if (size > MAX_RECEIPT_LENGTH) throw new CannotAudit(`${file} is too large for a receipt: leave it out.`);
  return { name: path.basename(file), text: fs.readFileSync(file, 'utf8') };
}
