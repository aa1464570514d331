import { verifyCheckpoint, type SignedCheckpoint } from '@/lib/merkle/checkpoint';
import type { ParsedAddCheckpoint } from '@/lib/merkle/add-checkpoint';
import { emptyRoot, equalBytes } from '@/lib/merkle/hash';
import { verifyConsistency } from '@/lib/merkle/verify-consistency';
import type { VerifierKey } from '@/lib/merkle/verifier-key';

// The whole judgement of a witness, without any input or output: what C2SP tlog-witness lets it cosign.

/** The largest tree of a log that this witness has cosigned. */
export interface Known {
  readonly size: number;
  readonly rootHash: Uint8Array;
}

/** Why a checkpoint is not cosigned, with the status that tlog-witness fixes for it. */
export const WITNESS_REFUSALS = {
  malformed: 400,
  'size-falls': 400,
  'unknown-log': 404,
  'not-signed-by-log': 403,
  'old-size-differs': 409,
  /** The log signed two different trees of one size: proof of misconduct. */
  'root-differs': 422,
  'not-consistent': 422,
} as const;
export type WitnessRefusal = keyof typeof WITNESS_REFUSALS;

/** The keys that may sign for an origin; the origin is the keys' name. */
export const keysOf = (logs: readonly VerifierKey[], origin: string): VerifierKey[] =>
  logs.filter((key) => key.name === origin);

/** What needs no memory: the log is one of ours, and signed this. Null when it is so. */
export function judgeSignature(
  note: string,
  origin: string,
  logs: readonly VerifierKey[],
): WitnessRefusal | null {
  const keys = keysOf(logs, origin);
  if (keys.length === 0) return 'unknown-log';
  const outcomes = keys.map((key) => verifyCheckpoint(note, key));
  // One that claims a known key and does not verify spoils the note, even beside a good one.
  if (outcomes.some((outcome) => !outcome.ok && outcome.fault === 'signature-invalid'))
    return 'not-signed-by-log';
  return outcomes.some((outcome) => outcome.ok) ? null : 'not-signed-by-log';
}

/** What needs the memory of the last tree. Null when the checkpoint may be cosigned. */
export function judgeGrowth(request: ParsedAddCheckpoint, known: Known | null): WitnessRefusal | null {
  const { oldSize, proof, checkpoint } = request;
  const old: Known = known ?? { size: 0, rootHash: emptyRoot() };
  if (oldSize > checkpoint.size) return 'size-falls';
  if (oldSize !== old.size) return 'old-size-differs';
  if (contradicts(checkpoint, old)) return 'root-differs';
  const outcome = verifyConsistency({
    first: old.size,
    firstRoot: old.rootHash,
    second: checkpoint.size,
    secondRoot: checkpoint.rootHash,
    proof,
  });
  return outcome.ok ? null : 'not-consistent';
}

const contradicts = (checkpoint: SignedCheckpoint, old: Known): boolean =>
  checkpoint.size === old.size && !equalBytes(checkpoint.rootHash, old.rootHash);
