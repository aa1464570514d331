import * as z from 'zod';
import { parseStrict } from '@/lib/record/jcs';
import { JsonError } from '@/lib/record/json-error';
import { digestSchema, entrySchema, roundSchema, stageSchema } from '@/lib/record/record';
import { addressSchema, chainHashSchema } from './descriptor';

/** Longest evidence file, in UTF-16 code units: an entry of the largest size, its keys, and their proofs. */
export const MAX_EVIDENCE_LENGTH = 4_194_304;
/** `keys[].entry.record.data` lies six levels below the top, and the data may be as deep as any. */
const EVIDENCE_DEPTH = 72;
/** A tree of 2^53 leaves has paths of 53 nodes. */
const MAX_PATH = 53;

const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const path = z.array(digestSchema).max(MAX_PATH);

const logProofSchema = z.strictObject({
  origin: z.string().min(1).max(200),
  index: count,
  treeSize: count,
  rootHash: digestSchema,
  inclusionProof: path,
});

const anchorSchema = z.strictObject({
  chainId: count,
  contract: addressSchema,
  anchorIndex: count,
  treeSize: count,
  rootHash: digestSchema,
  /** Seconds since 1970: the block's timestamp. */
  time: count,
  blockNumber: count,
  blockHash: chainHashSchema,
  transactionHash: chainHashSchema,
});

const stageProofSchema = z.strictObject({
  /** SHA-256(ocid), or the unit's key. */
  key: digestSchema,
  stage: stageSchema,
  round: roundSchema,
  /** Place within the stage, not in the log. */
  index: count,
  count,
  rootHash: digestSchema,
  inclusionProof: path,
});

/** A branch of sixteen hashes: no node of the chain's tries is longer. */
const MAX_NODE = 532;
/** Headers have some 600 bytes; some chains put more into `extraData`. */
const MAX_HEADER = 2048;
const MAX_ACCOUNT_NODES = 64;
/** Some hundred are usual: a path of eight nodes for each of a dozen slots and of the keys' anchors. */
const MAX_STORAGE_NODES = 2000;

const chainBytes = (most: number) =>
  z
    .string()
    .max(2 + 2 * most)
    .regex(/^0x(?:[0-9a-f]{2})+$/, 'Expected 0x and lower-case hexadecimal bytes');

/** The contract's storage in one final block, as far as this evidence speaks of it (state-proof.ts). */
export const stateWitnessSchema = z.strictObject({
  /** RLP of the block's header: its keccak-256 is the block's hash. */
  header: chainBytes(MAX_HEADER),
  /** Nodes of the state trie from its root to the contract's account. */
  account: z.array(chainBytes(MAX_NODE)).min(1).max(MAX_ACCOUNT_NODES),
  /** Nodes of the contract's storage trie, each once, in the order of their first use. */
  storage: z.array(chainBytes(MAX_NODE)).max(MAX_STORAGE_NODES),
});

/** Evidence for one signing key's record: the same shape, without keys. */
export const keyEvidenceSchema = z.strictObject({
  format: z.literal('tenderproof-evidence/1'),
  entry: entrySchema,
  salt: digestSchema,
  log: logProofSchema,
  /** The signed note, verbatim; its size and root are the log proof's. */
  checkpoint: z.string().min(1).max(16_384),
  /** Null until the log has been anchored at this tree size. */
  anchor: anchorSchema.nullable(),
  /** Null until the record's stage has closed, and for records of the whole registry. */
  stage: stageProofSchema.nullable(),
});

/** One record's evidence (protocol §5). */
export const evidenceSchema = keyEvidenceSchema.extend({
  keys: z.array(keyEvidenceSchema).max(16),
  /** Absent where the registry has none: the chain is then asked for everything. */
  state: stateWitnessSchema.optional(),
});

export type StateWitness = z.infer<typeof stateWitnessSchema>;
export type KeyEvidence = z.infer<typeof keyEvidenceSchema>;
export type Evidence = z.infer<typeof evidenceSchema>;

export type ParsedEvidence =
  | { readonly ok: true; readonly evidence: Evidence }
  | { readonly ok: false; readonly code: 'not-json' | 'not-evidence'; readonly detail: string };

/** Reads an evidence file. White space and the order of keys are free; everything else is strict. Never throws. */
export function parseEvidence(text: string): ParsedEvidence {
  try {
    return checkEvidence(parseStrict(text, { maxLength: MAX_EVIDENCE_LENGTH, maxDepth: EVIDENCE_DEPTH }));
  } catch (error) {
    return {
      ok: false,
      code: 'not-json',
      detail: error instanceof JsonError ? error.message : String(error),
    };
  }
}

/** As `parseEvidence`, for a value that is already parsed. */
export function checkEvidence(value: unknown): ParsedEvidence {
  const result = evidenceSchema.safeParse(value);
  if (result.success) return { ok: true, evidence: result.data };
  const [issue] = result.error.issues;
  const detail = issue === undefined ? '' : `${issue.path.join('.') || '(top)'}: ${issue.message}`;
  return { ok: false, code: 'not-evidence', detail };
}
