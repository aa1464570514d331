import { fileNameKey, safeFileName } from '@/lib/sealing/file-name';
import { MAX_UPLOAD } from '@/lib/sealing/submission';
import { MAX_DRAFT_BYTES } from '../drafts/draft';

export interface BidLimits {
  /** Files of one envelope, at most 100. */
  readonly files: number;
  /** Bytes of one envelope's files together. */
  readonly bytes: number;
}

/** Padding adds up to 3 % at this size (Padmé), and the whole envelope must stay below what a registry takes. */
export const BID_LIMITS: BidLimits = { files: 100, bytes: MAX_UPLOAD - 32 * 1024 ** 2 };

/** Why a file cannot be added; the messages `bid.files.refused` say it. */
export type FileFault = 'empty' | 'twice' | 'too-many' | 'too-large' | 'draft-full';

interface NamedFile {
  readonly name: string;
  readonly size: number;
}

interface Present {
  /** Files of the same envelope, those on their way included. */
  readonly envelope: readonly NamedFile[];
  /** Bytes of the whole draft. */
  readonly draft: number;
}

const keyOf = (file: NamedFile): string => fileNameKey(safeFileName(file.name));
const sizeOf = (files: readonly NamedFile[]): number => files.reduce((sum, { size }) => sum + size, 0);

/** Asked before a file is copied: what would be refused by the sealer is said at once, beside the file. */
export function faultOf(file: NamedFile, { envelope, draft }: Present, limits: BidLimits): FileFault | null {
  if (file.size === 0) return 'empty';
  // Two names that some disk cannot keep apart, or that become the same when made safe, are one name.
  if (envelope.some((other) => keyOf(other) === keyOf(file))) return 'twice';
  if (envelope.length >= limits.files) return 'too-many';
  if (sizeOf(envelope) + file.size > limits.bytes) return 'too-large';
  return draft + file.size > MAX_DRAFT_BYTES ? 'draft-full' : null;
}

/** Sorts files that were chosen together; each is held against those before it. */
export function sortFiles<F extends NamedFile>(
  chosen: readonly F[],
  present: Present,
  limits: BidLimits,
): { accepted: F[]; refused: { file: F; fault: FileFault }[] } {
  const accepted: F[] = [];
  const refused: { file: F; fault: FileFault }[] = [];
  for (const file of chosen) {
    const envelope = [...present.envelope, ...accepted];
    const fault = faultOf(file, { envelope, draft: present.draft + sizeOf(accepted) }, limits);
    if (fault === null) accepted.push(file);
    else refused.push({ file, fault });
  }
  return { accepted, refused };
}
