'use client';

import { useLocale, useTranslations } from 'next-intl';
import { MoneyInput } from '@/components/ui/money-input';
import type { FieldErrors } from '@/lib/forms/act-result';
import { formatMoney, formatNumber } from '@/lib/i18n/format';
import { compareDecimals, parseDecimal } from '@/lib/record/decimal';
import { SealingError } from '@/lib/sealing/error';
import { computePriceForm, type PriceForm } from '@/lib/sealing/price-form';
import type { BidItem } from './bid-types';

/** Unit prices as typed, by item. */
export type PriceDraft = Readonly<Record<string, string>>;

export function priceFieldName(item: BidItem): string {
  return `price-${item.id}`;
}

/** Full-width digits and spaces are slips of the keyboard, not other prices. */
function readPrice(typed: string | undefined): string | undefined {
  const text = (typed ?? '').normalize('NFKC').replace(/\s/gu, '');
  const value = parseDecimal(text);
  return value !== undefined && compareDecimals(value, { units: 0n, scale: 0 }) >= 0 ? text : undefined;
}

/** The form of all prices, or undefined while one is missing or wrong. */
export function readPriceForm(
  currency: string,
  items: readonly BidItem[],
  draft: PriceDraft,
): PriceForm | 'too-large' | undefined {
  const rows: { itemId: string; quantity: string; unitPrice: string }[] = [];
  for (const item of items) {
    const unitPrice = readPrice(draft[item.id]);
    if (unitPrice === undefined) return undefined;
    rows.push({ itemId: item.id, quantity: item.quantity, unitPrice });
  }
  try {
    return computePriceForm(currency, rows);
  } catch (error) {
    if (error instanceof SealingError) return 'too-large';
    throw error;
  }
}

/** What is wrong with the prices, by field. */
export function usePriceErrors(
  currency: string,
  items: readonly BidItem[],
): (draft: PriceDraft) => FieldErrors {
  const t = useTranslations('sealing.bid');
  return (draft) => {
    const wrong = items.filter((item) => readPrice(draft[item.id]) === undefined);
    const [first] = items;
    if (wrong.length === 0 && first !== undefined && readPriceForm(currency, items, draft) === 'too-large') {
      return { [priceFieldName(first)]: t('totalTooLarge') };
    }
    return Object.fromEntries(wrong.map((item) => [priceFieldName(item), t('priceInvalid')]));
  };
}

interface PriceStepProps {
  currency: string;
  items: readonly BidItem[];
  draft: PriceDraft;
  onChange: (draft: PriceDraft) => void;
  fieldErrors: FieldErrors;
}

/** One price for each item; amounts and total follow at once, exactly. */
export function PriceStep({ currency, items, draft, onChange, fieldErrors }: PriceStepProps) {
  const t = useTranslations('sealing.bid');
  const locale = useLocale();
  const form = readPriceForm(currency, items, draft);
  const total = typeof form === 'object' ? formatMoney(form.total, currency, locale) : '–';
  return (
    <>
      <p className="max-w-measure text-ink-soft">{t('pricesIntro', { currency })}</p>
      <ul className="divide-y divide-line border-y border-line">
        {items.map((item) => (
          <li key={item.id} className="grid gap-x-8 gap-y-3 py-5 md:grid-cols-[1fr_20rem_11rem]">
            <div>
              <p className="font-semibold">{item.description}</p>
              <p className="text-sm text-ink-soft">
                {t('quantity', { quantity: formatNumber(item.quantity, locale), unit: item.unit })}
              </p>
            </div>
            <MoneyInput
              name={priceFieldName(item)}
              label={
                <>
                  {t('unitPrice')}
                  <span className="sr-only">: {item.description}</span>
                </>
              }
              currency={currency}
              error={fieldErrors[priceFieldName(item)]}
              value={draft[item.id] ?? ''}
              onChange={(event) => onChange({ ...draft, [item.id]: event.target.value })}
            />
            <Amount currency={currency} item={item} typed={draft[item.id]} />
          </li>
        ))}
      </ul>
      <p className="text-right text-lg" aria-live="polite">
        {t('total')} <strong data-testid="bid-total">{total}</strong>
      </p>
    </>
  );
}

function Amount({ currency, item, typed }: { currency: string; item: BidItem; typed: string | undefined }) {
  const t = useTranslations('sealing.bid');
  const locale = useLocale();
  const form = readPriceForm(currency, [item], { [item.id]: typed ?? '' });
  return (
    <p className="md:text-right">
      <span className="block text-sm text-ink-soft">{t('amount')}</span>
      {typeof form === 'object' ? formatMoney(form.total, currency, locale) : '–'}
    </p>
  );
}
