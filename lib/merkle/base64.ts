import { MerkleError } from './error';

/** Standard padded base64 of RFC 4648 §4. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** Reverses `toBase64`. Refuses white space, missing padding and stray final bits, so that bytes have one spelling only. */
export function fromBase64(text: string): Uint8Array {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) {
    throw new MerkleError('base64-invalid');
  }
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  if (toBase64(bytes) !== text) throw new MerkleError('base64-invalid');
  return bytes;
}
