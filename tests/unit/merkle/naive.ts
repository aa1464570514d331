import { createHash } from 'node:crypto';

/*
 * The oracle: RFC 9162 §2.1 copied as literally as possible, recursive and slow, over Node's own SHA-256. It shares no
 * code with lib/merkle.
 */
const sha = (...parts: Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256');
  parts.forEach((part) => hash.update(part));
  return new Uint8Array(hash.digest());
};

const split = (n: number): number => 2 ** (Math.ceil(Math.log2(n)) - 1);

export function mth(d: readonly Uint8Array[]): Uint8Array {
  if (d.length === 0) return sha();
  const [only] = d;
  if (d.length === 1 && only !== undefined) return sha(Uint8Array.of(0), only);
  const k = split(d.length);
  return sha(Uint8Array.of(1), mth(d.slice(0, k)), mth(d.slice(k)));
}

export function path(m: number, d: readonly Uint8Array[]): Uint8Array[] {
  if (d.length === 1) return [];
  const k = split(d.length);
  return m < k
    ? [...path(m, d.slice(0, k)), mth(d.slice(k))]
    : [...path(m - k, d.slice(k)), mth(d.slice(0, k))];
}

export function proof(m: number, d: readonly Uint8Array[]): Uint8Array[] {
  return subproof(m, d, true);
}

function subproof(m: number, d: readonly Uint8Array[], b: boolean): Uint8Array[] {
  if (m === d.length) return b ? [] : [mth(d)];
  const k = split(d.length);
  return m <= k
    ? [...subproof(m, d.slice(0, k), b), mth(d.slice(k))]
    : [...subproof(m - k, d.slice(k), false), mth(d.slice(0, k))];
}

/** Distinct 32-byte commitments, the same in every run. */
export function commitments(n: number, label = 'commitment'): Uint8Array[] {
  return Array.from({ length: n }, (_, i) => sha(new TextEncoder().encode(`${label} ${i}`)));
}
