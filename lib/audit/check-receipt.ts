import { receiptSchema, verifyPromise, type Receipt } from '@/lib/evidence/receipt';
import { leafHash } from '@/lib/merkle/hash';
import type { VerifierKey } from '@/lib/merkle/verifier-key';
import { commit } from '@/lib/record/commitment';
import { fromHex, toHex } from '@/lib/record/hex';
import { parseStrict } from '@/lib/record/jcs';
import { processKey, stageKey } from '@/lib/record/stage-key';
import type { AnchorFinder } from './find-anchor';
import type { Report } from './finding';
import type { PublishedStage } from './sources';

/** Longest receipt, in UTF-16 code units: an entry of the largest size and its signatures. */
export const MAX_RECEIPT_LENGTH = 4_194_304;
const RECEIPT_DEPTH = 72;

/** A receipt file, by its name, for messages. */
export interface GivenReceipt {
  readonly name: string;
  readonly text: string;
}

export interface ReceiptContext {
  readonly report: Report;
  readonly key: VerifierKey;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly find: (leafHash: Uint8Array) => number | null;
  readonly anchors: AnchorFinder;
  /** The proven list of a closed stage; null while it is open. */
  readonly list: (key: string, stage: number, round: number) => PublishedStage | null;
}

/** Null when the text is a receipt of this registry, signed by its key, about the entry that is in it. */
function fault(
  receipt: Receipt,
  key: VerifierKey,
): { field: string; expected: string; found: string } | null {
  const { entry, salt, promise } = receipt;
  const { ocid = '', stage, unit, round = 0 } = entry.record;
  const place = [
    toHex(processKey(ocid)),
    toHex(stage === undefined ? processKey(ocid) : stageKey(ocid, stage, unit)),
    stage ?? null,
    round,
  ].join(' ');
  const stated = [receipt.process, receipt.unit, receipt.stage, receipt.round].join(' ');
  const facts: [string, string, string][] = [
    ['origin', key.name, receipt.origin],
    ['commitment', toHex(commit(fromHex(salt, 32), entry)), promise.commitment],
    ['place', place, stated],
  ];
  const wrong = facts.find(([, expected, found]) => expected !== found);
  if (wrong) return { field: wrong[0], expected: wrong[1], found: wrong[2] };
  if (verifyPromise(promise, key)) return null;
  return { field: 'signature', expected: `signed by ${key.name}`, found: promise.signature };
}

/**
 * Holds the registry to a receipt, by protocol §6 and nothing more: it is broken when the first anchor at or after
 * `anchoredBy` does not contain the commitment, or when the closed stage omits it.
 */
export async function checkGivenReceipt(
  context: ReceiptContext,
  { name, text }: GivenReceipt,
): Promise<void> {
  const { report } = context;
  let receipt: Receipt;
  try {
    receipt = receiptSchema.parse(
      parseStrict(text, { maxLength: MAX_RECEIPT_LENGTH, maxDepth: RECEIPT_DEPTH }),
    );
    const wrong = fault(receipt, context.key);
    if (wrong) {
      const subject = { recordId: receipt.entry.record.id, field: wrong.field };
      report('receipt-invalid', subject, wrong.expected, wrong.found);
      return;
    }
  } catch {
    report(
      'receipt-invalid',
      { field: name.slice(0, 200) },
      'a receipt (tenderproof-receipt/1)',
      'another file',
    );
    return;
  }
  await redeem(context, receipt);
}

async function redeem(context: ReceiptContext, { entry, promise, unit: key }: Receipt): Promise<void> {
  const { report, find, anchors, now } = context;
  const recordId = entry.record.id;
  const index = find(leafHash(fromHex(promise.commitment, 32)));
  const anchor = await anchors.from(Math.ceil(Date.parse(promise.anchoredBy) / 1000));
  if (anchor === null) {
    if (index === null && now > Date.parse(promise.sequencedBy))
      report('receipt-not-sequenced', { recordId }, `in an anchor by ${promise.anchoredBy}`, null);
    else report('receipt-pending', { recordId }, `in an anchor by ${promise.anchoredBy}`, index);
  } else if (index === null || index >= anchor.treeSize) {
    const subject = { recordId, anchorIndex: anchor.index, ...(index === null ? {} : { index }) };
    const expected = `commitment ${promise.commitment} below ${anchor.treeSize}`;
    report('promise-broken', subject, expected, index === null ? null : `index ${index}`);
  }
  const { stage, round = 0 } = entry.record;
  const list = stage === undefined ? null : context.list(key, stage, round);
  if (list === null || stage === undefined) return;
  if (index !== null && list.leaves.includes(index)) return;
  const subject = { recordId, key, stage, round, ...(index === null ? {} : { index }) };
  report('receipt-not-in-stage', subject, `commitment ${promise.commitment} in its list`, null);
}
