/**
 * Base-2 logarithm of age's scrypt cost. 18 takes seconds and 256 MB, which is the point. Demonstration keys protect
 * nothing and must open at once, on any machine.
 */
export function workFactor(demonstration: boolean): number {
  return demonstration ? 12 : 18;
}
