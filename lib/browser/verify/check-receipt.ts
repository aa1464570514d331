import { receiptSchema, verifyPromise, type Receipt } from '@/lib/evidence/receipt';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { MAX_EVIDENCE_LENGTH, parseEvidence } from '@/lib/evidence/format';
import { parseVerifierKey } from '@/lib/merkle/verifier-key';
import { commit } from '@/lib/record/commitment';
import { fromHex, toHex } from '@/lib/record/hex';
import { parseStrict } from '@/lib/record/jcs';
import { JsonError } from '@/lib/record/json-error';
import { processKey, stageKey } from '@/lib/record/stage-key';
import { LookupError } from './lookup';

/** `entry.record.data` lies three levels below the top, and the data may be as deep as any. */
const RECEIPT_DEPTH = 72;

export const RECEIPT_STEPS = ['registry', 'commitment', 'place', 'promise'] as const;
export type ReceiptStepId = (typeof RECEIPT_STEPS)[number];

export interface ReceiptStep {
  readonly id: ReceiptStepId;
  readonly holds: boolean;
  /** What was held against what, as text; equal when the step holds. */
  readonly expected: string;
  readonly found: string;
}

export interface CheckedReceipt {
  readonly receipt: Receipt;
  readonly steps: readonly ReceiptStep[];
  readonly holds: boolean;
  /** The time by which the record had to be anchored has come. */
  readonly due: boolean;
}

export type ParsedReceipt =
  { readonly ok: true; readonly receipt: Receipt } | { readonly ok: false; readonly detail: string };

/** Reads a receipt file strictly. Never throws. */
export function parseReceipt(text: string): ParsedReceipt {
  try {
    const value = parseStrict(text, { maxLength: MAX_EVIDENCE_LENGTH, maxDepth: RECEIPT_DEPTH });
    const result = receiptSchema.safeParse(value);
    if (result.success) return { ok: true, receipt: result.data };
    const [issue] = result.error.issues;
    return {
      ok: false,
      detail: issue === undefined ? '' : `${issue.path.join('.') || '(top)'}: ${issue.message}`,
    };
  } catch (error) {
    return { ok: false, detail: error instanceof JsonError ? error.message : String(error) };
  }
}

/**
 * Holds a receipt (protocol §6) against the trusted registry: whose it is, what it is about, and whether the log's key
 * signed the promise. It needs neither the platform nor the chain.
 * @param now milliseconds since 1970.
 */
export function checkReceipt(receipt: Receipt, registry: RegistryDescriptor, now: number): CheckedReceipt {
  const { promise } = receipt;
  const signed = verifyPromise(promise, parseVerifierKey(registry.logKey));
  const steps: ReceiptStep[] = [
    step('registry', registry.origin, receipt.origin),
    step('commitment', promise.commitment, commitmentOf(receipt)),
    step('place', placeOf(receipt), stated(receipt)),
    { id: 'promise', holds: signed, expected: registry.logKey, found: signed ? registry.logKey : '' },
  ];
  return {
    receipt,
    steps,
    holds: steps.every(({ holds }) => holds),
    due: now >= Date.parse(promise.anchoredBy),
  };
}

function step(id: ReceiptStepId, expected: string, found: string): ReceiptStep {
  return { id, holds: expected === found, expected, found };
}

/** '' when the entry has no canonical form, and so no commitment. */
function commitmentOf({ entry, salt }: Pick<Receipt, 'entry' | 'salt'>): string {
  try {
    return toHex(commit(fromHex(salt, 32), entry));
  } catch {
    return '';
  }
}

/** Where the record itself says that it belongs: process, unit, stage, round. */
function placeOf({ entry: { record } }: Receipt): string {
  const { ocid = '', stage, unit, round = 0 } = record;
  const process = toHex(processKey(ocid));
  const key = stage === undefined ? process : toHex(stageKey(ocid, stage, unit));
  return [process, key, stage ?? '-', round].join(' ');
}

function stated({ process, unit, stage, round }: Receipt): string {
  return [process, unit, stage ?? '-', round].join(' ');
}

/** `Tenderproof-Salt` stands for the receipt: whoever knows an entry's salt may have its evidence. */
export type FetchWithSalt = (path: string, salt: string) => Promise<string>;

export type PromisedEvidence =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly code: 'missing' | 'erased' | 'unreachable' | 'another' };

/**
 * Asks the registry for the evidence of what it promised to record.
 * `erased`: it says that the entry was erased by order, which is for the reader to look up, not to believe.
 * `another`: it answers with evidence of something else than it signed for, or with none that can be read.
 */
export async function fetchPromised(
  { entry, salt, promise }: Receipt,
  get: FetchWithSalt,
): Promise<PromisedEvidence> {
  let text: string;
  try {
    text = await get(`/api/v1/evidence/${entry.record.id}`, salt);
  } catch (error) {
    const fault = error instanceof LookupError ? error.code : null;
    if (fault === 'evidence-missing') return { ok: false, code: 'missing' };
    return { ok: false, code: fault === 'evidence-erased' ? 'erased' : 'unreachable' };
  }
  const parsed = parseEvidence(text);
  if (!parsed.ok || commitmentOf(parsed.evidence) !== promise.commitment) {
    return { ok: false, code: 'another' };
  }
  return { ok: true, text };
}
