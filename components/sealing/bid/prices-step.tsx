'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ClipboardEvent, KeyboardEvent } from 'react';
import { MoneyInput } from '@/components/ui/money-input';
import { withLot } from '@/lib/browser/drafts/draft';
import { lotOf, stepAfter } from '@/lib/browser/bid/plan';
import { readPriceForm, typedPrice, withPrice } from '@/lib/browser/bid/prices';
import { itemsOfLot, type BidTender } from '@/lib/browser/bid/tender';
import { formatMoney, formatNumber } from '@/lib/i18n/format';
import { useAttempt } from '../use-attempt';
import { pastedColumn } from './pasted-column';
import { useStepPlace } from './step-place';
import { StepFrame } from './step-frame';
import { UnitLabel } from './unit-label';

type Item = BidTender['items'][number];

const nameOf = (item: Item): string => `price-${item.id}`;

/** One price for each item of a lot; amounts and total follow at once, exactly. */
export function PricesStep({ lot }: { lot: string }) {
  const t = useTranslations('bid.prices');
  const locale = useLocale();
  const { tender, bid, groups, go } = useStepPlace();
  const { state, refuse, clear } = useAttempt();
  const { currency } = tender;
  const items = itemsOfLot(tender, lot);
  const { prices } = lotOf(bid.draft, lot);
  const read = readPriceForm(currency, items, prices);

  const type = (typed: readonly [Item, string][]) => {
    clear();
    bid.session.update((draft) =>
      withLot(draft, lot, (one) => ({
        ...one,
        prices: typed.reduce((rows, [item, price]) => withPrice(rows, item, price), one.prices),
      })),
    );
  };
  const paste = (event: ClipboardEvent, at: number) => {
    const column = pastedColumn(event.clipboardData.getData('text/plain'));
    if (column.length === 0) return;
    event.preventDefault();
    type(items.slice(at, at + column.length).map((item, i) => [item, column[i] ?? '']));
  };
  const forward = () => {
    if (read.ok) return go(stepAfter(groups, { name: 'prices', lot }));
    const wrong = items.filter(({ id }) => read.wrong.includes(id));
    const [first] = items;
    const errors =
      read.tooLarge && first
        ? [[nameOf(first), t('tooLarge')]]
        : wrong.map((item) => [nameOf(item), t('invalid')]);
    refuse({ fieldErrors: Object.fromEntries(errors) as Record<string, string> });
  };
  return (
    <StepFrame
      title={t('title')}
      about={<UnitLabel lot={lot} part="" />}
      lead={
        <>
          <p>{t('lead', { currency })}</p>
          <p className="mt-2 text-sm">{t('keys')}</p>
        </>
      }
      state={state}
      onSubmit={forward}
    >
      <ul className="divide-y divide-line border-y border-line">
        {items.map((item, at) => (
          <li key={item.id} className="grid gap-x-8 gap-y-3 py-5 md:grid-cols-[1fr_20rem_11rem]">
            <ItemText item={item} />
            <MoneyInput
              name={nameOf(item)}
              label={
                <>
                  {t('unitPrice')}
                  <span className="sr-only">: {item.description}</span>
                </>
              }
              currency={currency}
              error={state.fieldErrors[nameOf(item)]}
              value={typedPrice(prices, item.id)}
              data-price
              onChange={(event) => type([[item, event.target.value]])}
              onPaste={(event) => paste(event, at)}
              onKeyDown={moveBetween}
            />
            <Amount item={item} typed={typedPrice(prices, item.id)} />
          </li>
        ))}
      </ul>
      <p className="text-right text-lg" aria-live="polite">
        {t('total')}{' '}
        <strong data-testid="bid-total">
          {read.ok ? formatMoney(read.form.total, currency, locale) : '–'}
        </strong>
      </p>
    </StepFrame>
  );
}

const STEPS: Partial<Record<string, number>> = { ArrowDown: 1, Enter: 1, ArrowUp: -1 };

/** As in a spreadsheet: arrows and Enter go from price to price; Enter in the last one goes on. */
function moveBetween(event: KeyboardEvent<HTMLInputElement>): void {
  const step = STEPS[event.key];
  if (step === undefined || event.nativeEvent.isComposing) return;
  const fields = [...(event.currentTarget.form?.querySelectorAll<HTMLInputElement>('[data-price]') ?? [])];
  const next = fields[fields.indexOf(event.currentTarget) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
  next.select();
}

function ItemText({ item }: { item: Item }) {
  const t = useTranslations('bid.prices');
  const locale = useLocale();
  const { tender } = useStepPlace();
  return (
    <div>
      <p className="font-semibold" lang={tender.language}>
        {item.description}
      </p>
      <p className="text-sm text-ink-soft">
        {t('quantity', { quantity: formatNumber(item.quantity, locale), unit: item.unit })}
      </p>
    </div>
  );
}

function Amount({ item, typed }: { item: Item; typed: string }) {
  const t = useTranslations('bid.prices');
  const locale = useLocale();
  const { currency } = useStepPlace().tender;
  const read = readPriceForm(currency, [item], withPrice([], item, typed));
  return (
    <p className="md:text-right">
      <span className="block text-sm text-ink-soft">{t('amount')}</span>
      {read.ok ? formatMoney(read.form.total, currency, locale) : '–'}
    </p>
  );
}
