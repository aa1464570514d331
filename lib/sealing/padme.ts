/**
 * Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", PoPETs 2019):
 * the length an object of `length` bytes is padded to. It leaks O(log log length) bits and adds less than 12 %.
 *
 * With E = ⌊log₂ L⌋ and S = ⌊log₂ E⌋ + 1, the last E − S bits of the padded length are zero. Lengths below 2 stay.
 */
export function paddedLength(length: number): number {
  if (!Number.isSafeInteger(length) || length < 0)
    throw new RangeError('A length must be a non-negative safe integer.');
  if (length < 2) return length;
  const exponent = bitLength(length) - 1;
  const sizeBits = bitLength(exponent);
  const step = 2 ** Math.max(0, exponent - sizeBits);
  return Math.ceil(length / step) * step;
}

/** Bits needed to write a positive integer; 0 for 0. Exact above 2³², where bitwise operators are not. */
function bitLength(value: number): number {
  return value === 0 ? 0 : value.toString(2).length;
}
