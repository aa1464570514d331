import type { EnvelopeIdentity } from '@/lib/sealing/context';
import type { SealingErrorCode } from '@/lib/sealing/error';
import type { UndecidedReason } from '@/lib/sealing/open';
import type { EnvelopePurpose } from '@/lib/sealing/shares';
import { toHex } from '@/lib/record/hex';
import type { Sealed } from '../fixture';
import { release, sha256Hex } from '../fixture';
import type { Committee } from './committees';

/** What every opener must find. `seed`: the one that shows it, 64 hex; null where no seed can matter. `files`: hex. */
export type Expected =
  | {
      outcome: 'valid';
      seed: string;
      /** The manifest's bytes as text. */
      manifest: string;
      files: string[];
      wrongShares: number[];
    }
  | { outcome: 'undecided'; reason: UndecidedReason }
  | { outcome: 'invalid'; code: SealingErrorCode; seed: string | null; wrongShares: number[] };

/** One envelope as a record names it, what members released, and what the tenderer gave. */
export interface Case {
  description: string;
  committee: Committee;
  purpose: EnvelopePurpose;
  identity: EnvelopeIdentity;
  envelope: string;
  envelopeHash: string;
  shares: { index: number; share: string }[];
  seed: string | null;
  expected: Expected;
}

interface Given {
  /** Members who release what they find. */
  members?: number[];
  /** More shares, or wrong ones. */
  shares?: { index: number; share: string }[];
  /** Given by the tenderer. */
  seed?: Uint8Array;
  /** Where the record names something else than the sealer did. */
  identity?: EnvelopeIdentity;
  purpose?: EnvelopePurpose;
  envelopeHash?: string;
  bytes?: Uint8Array;
}

export async function makeCase(
  description: string,
  committee: Committee,
  sealed: Sealed,
  given: Given,
  expected: Expected,
): Promise<Case> {
  const bytes = given.bytes ?? sealed.bytes;
  const released = await Promise.all(
    (given.members ?? []).map(async (index) => ({
      index,
      share: toHex((await release(sealed, index)).bytes),
    })),
  );
  return {
    description,
    committee,
    purpose: given.purpose ?? sealed.request.purpose,
    identity: given.identity ?? sealed.request.identity,
    envelope: toHex(bytes),
    envelopeHash: given.envelopeHash ?? sha256Hex(bytes),
    shares: [...released, ...(given.shares ?? [])],
    seed: given.seed === undefined ? null : toHex(given.seed),
    expected,
  };
}
