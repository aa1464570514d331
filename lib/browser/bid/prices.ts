import { compareDecimals, parseDecimal } from '@/lib/record/decimal';
import type { Item } from '@/lib/record/notice';
import { SealingError } from '@/lib/sealing/error';
import { computePriceForm, type PriceForm } from '@/lib/sealing/price-form';
import type { LotDraft } from '../drafts/draft';

type TypedPrices = LotDraft['prices'];
type PricedItem = Pick<Item, 'id' | 'quantity'>;

/** What stands in the field of an item. */
export const typedPrice = (prices: TypedPrices, itemId: string): string =>
  prices.find((row) => row.itemId === itemId)?.unitPrice ?? '';

export function withPrice(prices: TypedPrices, { id, quantity }: PricedItem, unitPrice: string): TypedPrices {
  const row = { itemId: id, quantity, unitPrice: unitPrice.slice(0, 60) };
  const known = prices.some(({ itemId }) => itemId === id);
  return known ? prices.map((old) => (old.itemId === id ? row : old)) : [...prices, row];
}

/**
 * A price as typed, or undefined. Full-width digits and spaces are slips of the keyboard, not other prices; separators are
 * not guessed at, since "1,250" is a thousand in one country and little more than one in another.
 */
export function readPrice(typed: string): string | undefined {
  const text = typed.normalize('NFKC').replace(/\s/gu, '');
  const value = parseDecimal(text);
  const negative = value === undefined || compareDecimals(value, { units: 0n, scale: 0 }) < 0;
  return negative || text.startsWith('-') ? undefined : text;
}

/** The exact form of all prices of a lot; what keeps it from being one otherwise. */
export function readPriceForm(
  currency: string,
  items: readonly PricedItem[],
  prices: TypedPrices,
): { ok: true; form: PriceForm } | { ok: false; wrong: string[]; tooLarge: boolean } {
  const rows = items.map(({ id, quantity }) => ({
    itemId: id,
    quantity,
    unitPrice: readPrice(typedPrice(prices, id)),
  }));
  const wrong = rows.filter((row) => row.unitPrice === undefined).map(({ itemId }) => itemId);
  if (wrong.length > 0 || rows.length === 0) return { ok: false, wrong, tooLarge: false };
  try {
    const complete = rows.map((row) => ({ ...row, unitPrice: row.unitPrice ?? '' }));
    return { ok: true, form: computePriceForm(currency, complete) };
  } catch (error) {
    if (error instanceof SealingError) return { ok: false, wrong: [], tooLarge: true };
    throw error;
  }
}
