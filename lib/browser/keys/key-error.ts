/** Why a key file or recovery file cannot be used; the sentences are in the `sealing` messages. */
export type KeyErrorCode =
  | 'not-a-key-file'
  | 'not-a-recovery-file'
  | 'wrong-passphrase'
  | 'file-damaged'
  | 'passphrase-short'
  | 'passphrase-differs'
  | 'no-passphrase'
  | 'no-passkey'
  | 'passkey-refused'
  | 'passkey-other-site'
  | 'passkey-unsupported'
  | 'other-key'
  | 'record-refused'
  | 'key-closed';

export class KeyError extends Error {
  readonly code: KeyErrorCode;

  constructor(code: KeyErrorCode) {
    super(`The key cannot be used: ${code}`);
    this.name = 'KeyError';
    this.code = code;
  }
}
