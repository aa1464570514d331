const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower-case hexadecimal without `0x`, as all JSON of the registry writes digests, keys and salts. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += DIGITS[byte];
  return text;
}

/** True for lower-case hexadecimal of exactly `bytes` bytes. */
export function isHex(text: string, bytes: number): boolean {
  return Number.isInteger(bytes) && text.length === bytes * 2 && /^[0-9a-f]*$/.test(text);
}

/** Of '0' to '9' and 'a' to 'f' only. */
const digit = (code: number) => (code < 97 ? code - 48 : code - 87);

/**
 * Reverses `toHex`.
 * @throws RangeError for an odd length, upper case, a `0x` prefix, or another length than `bytes`, if given.
 */
export function fromHex(text: string, bytes?: number): Uint8Array {
  if (!isHex(text, bytes ?? text.length / 2)) {
    throw new RangeError(
      `Expected ${bytes ?? 'whole'} bytes as lower-case hexadecimal without 0x: check where this text was copied from`,
    );
  }
  const out = new Uint8Array(text.length / 2);
  for (let i = 0; i < out.length; i += 1)
    out[i] = 16 * digit(text.charCodeAt(2 * i)) + digit(text.charCodeAt(2 * i + 1));
  return out;
}

/** The form in which the chain's interfaces take bytes. */
export function toHex0x(bytes: Uint8Array): `0x${string}` {
  return `0x${toHex(bytes)}`;
}
