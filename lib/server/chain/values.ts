import { ChainError } from './chain-error';

// JSON and database hold hashes as 64 lower-case hex digits without `0x`; the chain's interfaces want `0x`. Identifiers
// that are the chain's own (addresses, transaction and block hashes) keep their `0x` on both sides.

const HASH = /^[0-9a-f]{64}$/;
const UINT64_MAX = 2n ** 64n - 1n;

/** A hash on its way to the chain. @throws ChainError `bad-value` for anything but 64 lower-case hex digits. */
export function toBytes32(hex: string): string {
  if (!HASH.test(hex)) throw new ChainError('bad-value', `a hash is 64 lower-case hex digits, got "${hex}"`);
  return `0x${hex}`;
}

/** A hash from the chain: 64 hex digits without `0x`. */
export function fromBytes32(value: string): string {
  const hex = value.slice(2).toLowerCase();
  if (!HASH.test(hex)) throw new ChainError('bad-value', `not a 32-byte value: ${value}`);
  return hex;
}

/** A size, index, count or time on its way to the chain. @throws ChainError `bad-value` unless a safe whole number ≥ 0. */
export function toUint(value: number): bigint {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new ChainError('bad-value', `expected a whole number from 0 to 2^53 - 1, got ${value}`);
  }
  return BigInt(value);
}

/** A uint64 (or less) from the chain. @throws ChainError `bad-value` above 2^53 - 1, where a number would be rounded. */
export function fromUint(value: bigint): number {
  if (value < 0n || value > UINT64_MAX || value > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new ChainError('bad-value', `the contract holds ${value}, which is above 2^53 - 1`);
  }
  return Number(value);
}
