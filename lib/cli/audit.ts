import { audit, type AuditResult } from '@/lib/audit/audit';
import { FINDINGS, findingText } from '@/lib/audit/finding';
import { httpLog, httpRegistry, NotAnAnswer, type Get } from '@/lib/audit/http-source';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { ledgerSource } from '@/lib/server/audit/ledger-source';
import { ledgerCodeHash } from '@/lib/server/chain/artifact';
import { ChainError } from '@/lib/server/chain/chain-error';
import { connectLedger } from '@/lib/server/chain/ledger';
import { nativeSha256Into } from '@/lib/server/sha256';
import { nativeVerify } from '@/lib/server/ed25519';
import { httpGet } from './audit-http';
import { CannotAudit, readAuditArguments, readReceipts, type AuditArguments } from './audit-options';
import { parseDescriptor, readPin, readStateFile, writeStateFile, type StateFile } from './audit-state';
import { progressBar } from './progress-bar';

const SAVE_EVERY_MS = 1000;
/** Runs in which everything that is old is read once more: a part of it each time. */
const PARTS = 16;

interface Pinned {
  descriptor: RegistryDescriptor;
  /** Where it comes from, in words. */
  from: string;
}

/** What is trusted: the given descriptor, else the one of an earlier audit, else, this once, the registry's own. */
async function pin(args: AuditArguments, known: StateFile | null, get: Get): Promise<Pinned> {
  const given = args.pin === null ? null : readPin(args.pin);
  if (given && known && JSON.stringify(given) !== JSON.stringify(known.descriptor))
    throw new CannotAudit(
      `${args.state} is of another registry than ${args.pin}: name another with --state.`,
    );
  if (given) return { descriptor: given, from: `pinned by ${args.pin}` };
  if (known) return { descriptor: known.descriptor, from: `as at the first audit (${args.state})` };
  const bytes = await get('api/v1/registry', 1_048_576);
  if (bytes === null) throw new CannotAudit(`${args.url} is not a registry: check --url.`);
  const descriptor = parseDescriptor(new TextDecoder().decode(bytes), `${args.url}api/v1/registry`);
  const from =
    'TRUSTED ON FIRST USE: the registry said so itself. Compare it with a source of your own, or use --pin';
  return { descriptor, from };
}

async function run(args: AuditArguments): Promise<{ result: AuditResult; pinned: Pinned }> {
  const get = httpGet(args.url);
  const known = readStateFile(args.state);
  const receipts = readReceipts(args.receipts);
  const pinned = await pin(args, known, get);
  const { descriptor } = pinned;
  if (descriptor.codeHash !== `0x${ledgerCodeHash}`)
    throw new CannotAudit(
      'This registry uses another release of the contract: use the auditor of that release.',
    );
  const ledger = connectLedger({
    rpcUrl: args.rpc,
    chainId: descriptor.chainId,
    address: descriptor.contract,
  });
  const bar = progressBar(process.stderr, Date.now);
  const round = known?.round ?? 0;
  let saved = 0;
  try {
    const result = await audit({
      sources: { log: httpLog(get), ledger: ledgerSource(ledger), registry: httpRegistry(get) },
      registry: descriptor,
      state: known?.state ?? null,
      full: args.full,
      slice: { part: round % PARTS, parts: PARTS },
      receipts,
      now: Date.now(),
      hashInto: nativeSha256Into,
      verify: nativeVerify,
      progress: bar.show,
      save(state) {
        if (Date.now() - saved < SAVE_EVERY_MS) return;
        saved = Date.now();
        writeStateFile(args.state, { descriptor, state, round });
      },
    });
    writeStateFile(args.state, { descriptor, state: result.state, round: round + 1 });
    return { result, pinned };
  } finally {
    bar.end();
    ledger.close();
  }
}

function print({ result, pinned }: { result: AuditResult; pinned: Pinned }): void {
  const { counts, findings, more } = result;
  console.log(
    `Registry ${pinned.descriptor.origin}, contract ${pinned.descriptor.contract} on chain ${pinned.descriptor.chainId}`,
  );
  console.log(`  ${pinned.from}`);
  console.log(
    `${counts.leaves} leaves (${counts.hashed} hashed now), ${counts.anchors} anchors, ${counts.processes} processes and ${counts.records} records checked; ${counts.withheld} leaves withheld, ${counts.erased} erased`,
  );
  for (const finding of findings)
    console.log(`${finding.severity === 'error' ? '✗' : '·'} ${finding.code}: ${findingText(finding)}`);
  for (const [code, count] of Object.entries(more)) console.log(`✗ ${code}: and ${count} more`);
  console.log(
    result.clean ? '✓ Nothing is wrong.' : '✗ Something is wrong: keep this output, and the state file.',
  );
}

function printJson({ result, pinned }: { result: AuditResult; pinned: Pinned }): void {
  const { state: _state, findings, ...rest } = result;
  const said = findings.map((finding) => ({ ...finding, says: FINDINGS[finding.code].says }));
  console.log(JSON.stringify({ registry: pinned, ...rest, findings: said }, null, 2));
}

/** @returns the exit code */
export async function main(argv: string[]): Promise<number> {
  try {
    const args = readAuditArguments(argv);
    const outcome = await run(args);
    (args.json ? printJson : print)(outcome);
    return outcome.result.clean ? 0 : 1;
  } catch (error) {
    const expected =
      error instanceof CannotAudit || error instanceof ChainError || error instanceof NotAnAnswer;
    console.error(expected ? `The audit could not be done. ${error.message}` : error);
    return 2;
  }
}

process.exitCode = await main(process.argv.slice(2));
