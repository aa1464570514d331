import { fromBase64, toBase64 } from './base64';
import { MAX_NOTE_LENGTH, parseCheckpoint, type SignedCheckpoint } from './checkpoint';
import { MerkleError } from './error';
import { HASH_SIZE } from './hash';
import { isSize } from './range';

/*
 * The request of C2SP tlog-witness: "old <size>", the consistency proof in base64, a hash a line, an empty line, and the
 * checkpoint as a signed note.
 */

/** By the specification; a tree of 2^63 leaves needs no more. */
const MAX_PROOF_LINES = 63;
const PROOF_LINE_LENGTH = 45;
const FIRST_LINE_LENGTH = 22;

/** In bytes. A note's characters may take three bytes each in UTF-8. */
export const MAX_ADD_CHECKPOINT_BYTES =
  FIRST_LINE_LENGTH + MAX_PROOF_LINES * PROOF_LINE_LENGTH + 1 + 3 * MAX_NOTE_LENGTH;

export interface AddCheckpoint {
  /** The size of the checkpoint that the witness cosigned last, as the sender knows it. */
  readonly oldSize: number;
  /** RFC 6962 §2.1.2, from `oldSize` to the checkpoint's size. */
  readonly proof: readonly Uint8Array[];
  /** The signed note, verbatim. */
  readonly note: string;
}

export interface ParsedAddCheckpoint extends AddCheckpoint {
  readonly checkpoint: SignedCheckpoint;
}

export function formatAddCheckpoint({ oldSize, proof, note }: AddCheckpoint): string {
  if (!isSize(oldSize)) throw new MerkleError('size-range', `size ${oldSize}`);
  if (proof.some((hash) => hash.length !== HASH_SIZE)) throw new MerkleError('hash-length');
  return `old ${oldSize}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${note}`;
}

/** Reads a request without believing it; null when it is malformed in any way. */
export function parseAddCheckpoint(body: string): ParsedAddCheckpoint | null {
  const head = /^old (0|[1-9]\d{0,15})\n((?:[A-Za-z0-9+/]{43}=\n){0,63})\n/.exec(body);
  const [whole, size, lines] = head ?? [];
  if (whole === undefined || size === undefined || lines === undefined || !isSize(Number(size))) return null;
  const note = body.slice(whole.length);
  const checkpoint = parseCheckpoint(note);
  const proof = readProof(lines);
  return checkpoint && proof && { oldSize: Number(size), proof, note, checkpoint };
}

function readProof(lines: string): Uint8Array[] | null {
  try {
    return lines
      .split('\n')
      .slice(0, -1)
      .map((line) => fromBase64(line));
  } catch {
    // Stray bits in the last character: such a line has another spelling that means the same.
    return null;
  }
}
