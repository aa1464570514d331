import { JsonNumber, type Json } from './json';

/** More digits than any amount has; protects from "1e999999999". */
const MAX_EXPONENT = 30;

/**
 * The plain decimal text of a JSON number, exactly: no exponent, no zeros that say nothing ("1311264.0" is
 * "1311264"). A text that is a number, which real OCDS data has, is read the same way. Null for everything else.
 */
export function decimalText(value: Json | undefined): string | null {
  const literal = value instanceof JsonNumber ? value.literal : typeof value === 'string' ? value.trim() : '';
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(literal);
  if (!parts) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const shift = Number(exponent);
  if (Math.abs(shift) > MAX_EXPONENT) return null;
  const digits = `${whole}${fraction}`;
  const point = whole.length + shift;
  const padded = point > 0 ? digits.padEnd(point, '0') : digits.padStart(digits.length - point, '0');
  const at = Math.max(point, 0);
  const integer = padded.slice(0, at).replace(/^0+(?=\d)/, '') || '0';
  const decimals = padded.slice(at).replace(/0+$/, '');
  const text = decimals === '' ? integer : `${integer}.${decimals}`;
  return text === '0' ? text : `${sign}${text}`;
}

/** The JSON number of a decimal text of the record ("12.50" is 12.50). */
export const exactNumber = (decimal: string): JsonNumber => new JsonNumber(decimal);
