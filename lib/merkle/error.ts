/** Why a Merkle operation was refused. Each is a mistake of the caller or of the data it was given. */
export type MerkleErrorCode =
  | 'commitment-length'
  | 'hash-length'
  | 'size-range'
  | 'index-range'
  | 'tile-missing'
  | 'tile-length'
  | 'name-invalid'
  | 'key-invalid'
  | 'base64-invalid'
  | 'time-range';

const MESSAGES: Record<MerkleErrorCode, string> = {
  'commitment-length':
    'A commitment is exactly 32 bytes: pass the SHA-256 digest itself, not its hexadecimal text',
  'hash-length': 'A hash is exactly 32 bytes: check where this one was read from',
  'size-range':
    'A tree size is a whole number from 0 to 2^53 - 1, and an older size is not above a newer one',
  'index-range': 'An index is a whole number below the tree size: ask for a leaf that exists',
  'tile-missing': 'This tree size needs a tile that could not be read: rebuild the tiles from the log',
  'tile-length': 'A tile of width W holds W hashes of 32 bytes: rebuild the tile from the log',
  'name-invalid':
    'An origin is not empty and has no spaces, plus signs or control characters: choose another name',
  'key-invalid':
    'A verifier key reads <name>+<8 hex digits>+<base64 of a type and 32 bytes>: copy it again whole',
  'base64-invalid': 'This is not standard, padded base64: copy it again whole',
  'time-range': 'A cosignature is dated in whole seconds since 1970, above 0: set the clock',
};

export class MerkleError extends Error {
  readonly code: MerkleErrorCode;

  constructor(code: MerkleErrorCode, detail?: string) {
    super(detail === undefined ? MESSAGES[code] : `${MESSAGES[code]} (${detail})`);
    this.name = 'MerkleError';
    this.code = code;
  }
}
