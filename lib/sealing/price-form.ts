import type { Decimal } from '@/lib/record/decimal';
import {
  addDecimals,
  AMOUNT_SCALE,
  compareDecimals,
  fitsDecimal,
  formatDecimal,
  multiplyDecimals,
  parseDecimal,
  PRICE_SCALE,
  rescale,
  shortestDecimal,
} from '@/lib/record/decimal';
import { isWellFormed } from '@/lib/record/unicode';
import { SealingError } from './error';

/** One row. `quantity` (above 0) and `unitPrice` (0 or more): up to 4 decimals, shortest spelling; `amount`: exactly 2 decimals. */
export interface PriceRow {
  readonly itemId: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly amount: string;
}

/** `currency` is ISO 4217; `total` has exactly 2 decimals and is the sum of the amounts. */
export interface PriceForm {
  readonly currency: string;
  readonly items: readonly PriceRow[];
  readonly total: string;
}

export interface PriceInput {
  readonly itemId: string;
  readonly quantity: string;
  readonly unitPrice: string;
}

const MAX_ROWS = 200;
const MAX_ITEM_ID = 60;

/** Computes amounts (rounded half up at the row) and total. @throws SealingError `price-form-shape`. */
export function computePriceForm(currency: string, rows: readonly PriceInput[]): PriceForm {
  let total: Decimal = { units: 0n, scale: AMOUNT_SCALE };
  const items = rows.map(({ itemId, quantity, unitPrice }) => {
    const count = requireAmount(quantity);
    const price = requireAmount(unitPrice);
    const amount = rescale(multiplyDecimals(count, price), AMOUNT_SCALE);
    total = addDecimals(total, amount);
    return {
      itemId,
      quantity: shortestDecimal(count),
      unitPrice: shortestDecimal(price),
      amount: formatDecimal(amount, AMOUNT_SCALE),
    };
  });
  const form = { currency, items, total: formatDecimal(total, AMOUNT_SCALE) };
  if (!fitsDecimal(total)) throw new SealingError('price-form-shape', 'total above 15 digits');
  return parsePriceForm(form);
}

/** Strict: exact keys, canonical decimals, amounts and total recomputed. */
export function parsePriceForm(value: unknown): PriceForm {
  if (!hasKeys(value, ['currency', 'items', 'total'])) throw new SealingError('price-form-shape');
  const { currency, items, total } = value;
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency))
    throw new SealingError('price-form-shape', 'currency');
  if (!Array.isArray(items) || items.length < 1 || items.length > MAX_ROWS) {
    throw new SealingError('price-form-shape', 'items');
  }
  const rows = items.map(parseRow);
  if (new Set(rows.map((row) => row.itemId)).size !== rows.length) {
    throw new SealingError('price-form-shape', 'an item occurs twice');
  }
  const sum = rows.reduce((acc, row) => addDecimals(acc, requireAmount(row.amount)), {
    units: 0n,
    scale: AMOUNT_SCALE,
  });
  if (typeof total !== 'string' || total !== formatDecimal(sum, AMOUNT_SCALE)) {
    throw new SealingError('price-form-total');
  }
  return { currency, items: rows, total };
}

function parseRow(value: unknown): PriceRow {
  if (!hasKeys(value, ['itemId', 'quantity', 'unitPrice', 'amount']))
    throw new SealingError('price-form-shape');
  const { itemId, quantity, unitPrice, amount } = value;
  const itemOk =
    typeof itemId === 'string' && itemId !== '' && itemId.length <= MAX_ITEM_ID && isWellFormed(itemId);
  if (
    !itemOk ||
    typeof quantity !== 'string' ||
    typeof unitPrice !== 'string' ||
    typeof amount !== 'string'
  ) {
    throw new SealingError('price-form-shape');
  }
  const count = requireAmount(quantity);
  const price = requireAmount(unitPrice);
  if (count.units === 0n) throw new SealingError('price-form-shape', 'quantity 0');
  // One value, one spelling: otherwise two envelopes could state the same price in different bytes.
  if (quantity !== shortestDecimal(count) || unitPrice !== shortestDecimal(price)) {
    throw new SealingError('price-form-shape', 'trailing zeros');
  }
  const expected = formatDecimal(multiplyDecimals(count, price), AMOUNT_SCALE);
  if (amount !== expected) throw new SealingError('price-form-amount');
  return { itemId, quantity, unitPrice, amount };
}

function requireAmount(text: string): Decimal {
  const value = parseDecimal(text, PRICE_SCALE);
  if (value === undefined || compareDecimals(value, { units: 0n, scale: 0 }) < 0 || text.startsWith('-')) {
    throw new SealingError('price-form-shape', text.slice(0, 40));
  }
  return value;
}

/** A plain object with exactly these keys: what is not specified must not hide in a package. */
export function hasKeys<K extends string>(value: unknown, keys: readonly K[]): value is Record<K, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const own = Object.keys(value);
  return own.length === keys.length && keys.every((key) => own.includes(key));
}
