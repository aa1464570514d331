/**
 * Exact decimals: records hold no floating-point numbers (protocol, preamble), so money and quantities are decimal
 * strings, computed as scaled integers. A decimal is `units` × 10^−`scale`.
 */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

export const MAX_INTEGER_DIGITS = 15;
/** Places after the point of quantities and unit prices. */
export const PRICE_SCALE = 4;
/** Places after the point of row amounts and totals. */
export const AMOUNT_SCALE = 2;

/** Reads `-?digits[.digits]` with at most 15 integer digits and `maxScale` decimals; undefined for anything else. */
export function parseDecimal(text: string, maxScale: number = PRICE_SCALE): Decimal | undefined {
  const match = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign = '', integer = '', fraction = ''] = match;
  if (integer.length > MAX_INTEGER_DIGITS || fraction.length > maxScale) return undefined;
  const magnitude = BigInt(integer + fraction);
  return { units: sign === '-' ? -magnitude : magnitude, scale: fraction.length };
}

/** Writes exactly `scale` decimals, rounding half away from zero ("half up" for amounts, which are not negative). */
export function formatDecimal(value: Decimal, scale: number): string {
  const { units } = rescale(value, scale);
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const integer = digits.slice(0, digits.length - scale);
  const fraction = scale === 0 ? '' : `.${digits.slice(-scale)}`;
  return `${units < 0n ? '-' : ''}${integer}${fraction}`;
}

/** The one spelling of a value: no trailing zeros after the point, no point without decimals, no minus zero. */
export function shortestDecimal(value: Decimal): string {
  let { units, scale } = value;
  while (scale > 0 && units % 10n === 0n) {
    units /= 10n;
    scale--;
  }
  return formatDecimal({ units, scale }, scale);
}

export function rescale(value: Decimal, scale: number): Decimal {
  if (scale >= value.scale) return { units: value.units * 10n ** BigInt(scale - value.scale), scale };
  const divisor = 10n ** BigInt(value.scale - scale);
  const magnitude = value.units < 0n ? -value.units : value.units;
  const rounded = (magnitude + divisor / 2n) / divisor;
  return { units: value.units < 0n ? -rounded : rounded, scale };
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: rescale(a, scale).units + rescale(b, scale).units, scale };
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

/** Negative, zero or positive, as for sorting. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = rescale(a, scale).units - rescale(b, scale).units;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Whether the integer part still fits the 15 digits that records allow. */
export function fitsDecimal(value: Decimal): boolean {
  const { units } = value;
  return (units < 0n ? -units : units) / 10n ** BigInt(value.scale) < 10n ** BigInt(MAX_INTEGER_DIGITS);
}
