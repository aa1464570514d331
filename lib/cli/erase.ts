import fs from 'node:fs/promises';
import { parseArgs } from 'node:util';
import readline from 'node:readline/promises';
import * as z from 'zod';
import { openKeyFile, parseKeyFile } from '@/lib/browser/keys/key-file';
import { directLock } from '@/lib/browser/keys/passphrase';
import { ERASURE_REASONS } from '@/lib/record/catalogue';
import { disconnect } from '@/lib/server/db';
import { refusalMessage } from '@/lib/server/refusal-message';
import { world } from '@/lib/server/world';
import { orderErasure } from './order-erasure';

// The regulator's order to erase one record, signed with the regulator's own key file, on the operator's machine:
//   npm run erase -- <recordId> --reason personal-data --statement "…" --key regulator.key.json
// The passphrase is read from the terminal (or standard input), never from the command line, where others could see it.

const usage = `Usage: npm run erase -- RECORD-ID --reason ${ERASURE_REASONS.join('|')} [--statement TEXT] --key KEY-FILE
The order, its reason and its statement are public: the statement must not repeat what is to be erased.`;

function readOrder() {
  const text = { type: 'string' } as const;
  const options = { reason: text, statement: text, key: text };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const order = z
    .strictObject({ recordId: z.uuid(), reason: z.enum(ERASURE_REASONS), statement: z.string().max(2000) })
    .safeParse({ recordId: positionals[0], reason: values.reason, statement: values.statement ?? '' });
  if (!order.success || positionals.length !== 1 || !values.key) throw new Error(usage);
  return { order: order.data, keyFile: values.key };
}

async function openKey(file: string) {
  const parsed = parseKeyFile(await fs.readFile(file, 'utf8'));
  const lines = readline.createInterface({ input: process.stdin, output: process.stderr });
  const passphrase = await lines.question('Passphrase of the key file: ');
  lines.close();
  return openKeyFile(parsed, passphrase, directLock);
}

try {
  const { order, keyFile } = readOrder();
  const key = await openKey(keyFile);
  const outcome = await orderErasure(world(), key, order);
  key.close();
  if (!outcome.ok) throw new Error(await refusalMessage(outcome, 'en'));
  const filed = outcome.receipts.map((receipt) => receipt.recordId).join(', ');
  console.log(`Ordered by the record ${filed}. The worker erases as soon as it is in the log.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await disconnect();
}
