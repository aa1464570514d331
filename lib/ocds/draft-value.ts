import { amountSchema } from '../record/money';
import { decimalText } from './decimal';
import { isObject, type JsonObject } from './json';
import type { LeftOut } from './left-out';
import { textOf } from './read-package';

/** `tender.value`, to the last digit or not at all. Zero is how systems write "not stated". */
export function draftValue(
  tender: JsonObject,
  fallback: string,
  left: LeftOut,
): { amount: string; currency: string } {
  const value = isObject(tender.value) ? tender.value : {};
  const at = left.under('value');
  const stated = textOf(value.currency).toUpperCase();
  const usable = /^[A-Z]{3}$/.test(stated);
  if (stated !== '' && !usable) at.note('currency', 'currency-not-usable');
  const currency = usable ? stated : fallback;
  const amount = decimalText(value.amount);
  if (amount === null || amount === '0') {
    if (textOf(value.amount) !== '') at.note('amount', 'amount-missing');
    return { amount: '', currency };
  }
  if (!amountSchema.safeParse(amount).success) {
    at.note('amount', 'amount-not-exact');
    return { amount: '', currency };
  }
  // An amount without its currency is not an amount.
  if (usable) return { amount, currency };
  if (stated === '') at.note('amount', 'currency-not-usable');
  return { amount: '', currency };
}
