import type { Bytes } from './bytes';
import { SealingError } from './error';

/**
 * Shamir secret sharing over GF(2⁸) with the AES polynomial x⁸ + x⁴ + x³ + x + 1, byte by byte, with the secret as the
 * constant term. Coefficients are given: derived from the secret, they let anyone who learns it check every share.
 */
export interface Share {
  /** x coordinate: the member's index, 1 to n. */
  readonly index: number;
  /** y coordinates, one for each byte of the secret. */
  readonly bytes: Uint8Array;
}

export const MAX_MEMBERS = 16;

/** n is bounded because the opening tries every k-subset: 12 870 at most for n = 16. */
export function requireThreshold(k: number, n: number): void {
  const integers = Number.isInteger(k) && Number.isInteger(n);
  if (!integers || k < 1 || k > n || n > MAX_MEMBERS) throw new SealingError('threshold-range');
}

/** Multiplication without tables or branches on secret values: table look-ups would leak through the cache. */
function multiply(a: number, b: number): number {
  let product = 0;
  let left = a;
  for (let bit = 0; bit < 8; bit++) {
    product ^= left & -((b >> bit) & 1);
    left = ((left << 1) ^ (0x11b & -(left >> 7))) & 0xff;
  }
  return product;
}

/** a²⁵⁴ = a² · a⁴ ⋯ a¹²⁸, the inverse of every a but 0. Only applied to public indices. */
function invert(a: number): number {
  let power = a;
  let result = 1;
  for (let i = 1; i < 8; i++) {
    power = multiply(power, power);
    result = multiply(result, power);
  }
  return result;
}

/** @param coefficients (k − 1) × secret.length bytes, of x¹ first. */
export function splitSecret(secret: Uint8Array, coefficients: Uint8Array, k: number, n: number): Share[] {
  requireThreshold(k, n);
  const length = secret.length;
  if (coefficients.length !== (k - 1) * length) throw new SealingError('share-shape');
  return Array.from({ length: n }, (_, i) => {
    const index = i + 1;
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at++) {
      let value = 0;
      for (let power = k - 1; power >= 1; power--) {
        value = multiply(value ^ (coefficients[(power - 1) * length + at] ?? 0), index);
      }
      bytes[at] = value ^ (secret[at] ?? 0);
    }
    return { index, bytes };
  });
}

/** Lagrange interpolation at 0. Too few or altered shares give other bytes, without an error: the caller must check. */
export function combineShares(shares: readonly Share[]): Bytes {
  const length = shares[0]?.bytes.length ?? 0;
  const indices = new Set(shares.map((share) => share.index));
  const wellFormed = shares.every(
    ({ index, bytes }) => Number.isInteger(index) && index >= 1 && index <= 255 && bytes.length === length,
  );
  if (!wellFormed || shares.length === 0 || indices.size !== shares.length)
    throw new SealingError('share-shape');
  const secret = new Uint8Array(length);
  for (const share of shares) {
    const weight = lagrangeWeight(share.index, shares);
    for (let at = 0; at < length; at++) {
      secret[at] = (secret[at] ?? 0) ^ multiply(weight, share.bytes[at] ?? 0);
    }
  }
  return secret;
}

/** ∏ xⱼ / (xⱼ − xᵢ) over the other indices; subtraction is exclusive or. */
function lagrangeWeight(index: number, shares: readonly Share[]): number {
  let weight = 1;
  for (const other of shares) {
    if (other.index === index) continue;
    weight = multiply(weight, multiply(other.index, invert(other.index ^ index)));
  }
  return weight;
}

/** Every subset of exactly `size` elements, in the order of the elements. */
export function* subsets<T>(items: readonly T[], size: number, from = 0): Generator<T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let i = from; i <= items.length - size; i++) {
    for (const rest of subsets(items, size - 1, i + 1)) yield [items[i] as T, ...rest];
  }
}
