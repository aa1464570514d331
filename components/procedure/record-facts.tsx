import { useLocale, useTranslations } from 'next-intl';
import { formatDate, formatDateTime, formatMoney } from '@/lib/i18n/format';
import type { Filed } from '@/lib/procedure/state';
import type { RecordData, RecordType } from '@/lib/record/catalogue';

const joined = (...parts: (string | null)[]): string =>
  parts.filter((p) => p !== null && p !== '').join(' · ');

interface Say {
  t: ReturnType<typeof useTranslations<'tender.trail'>>;
  money: (amount: string, currency: string) => string;
  date: (day: string) => string;
  time: (instant: string) => string;
  /** Of the notice: amounts that stand without one. */
  currency: string;
}

type Facts = { [T in RecordType]?: (data: RecordData<T>, say: Say) => string | null };

const tenderer = (data: { tenderer: { name: string } }): string => data.tenderer.name;
const reason = (data: { reason: string }): string => data.reason;
const winner = (
  { supplier, value }: { supplier: { name: string }; value: { amount: string; currency: string } },
  { money }: Say,
): string => joined(supplier.name, money(value.amount, value.currency));
const until = (data: { until: string; reason: string }, { t, time }: Say): string =>
  joined(t('until', { time: time(data.until) }), data.reason);

/** The facts of a record that a reader looks for first: who, how much, why. Most types have none. */
const FACTS: Facts = {
  'budget-line': ({ value, source }, { money }) => joined(money(value.amount, value.currency), source),
  'publication-refused': reason,
  'committee-replaced': reason,
  bid: (data, { t }) => joined(tenderer(data), data.replaces && t('replaces')),
  'bid-withdrawn': (data, { t }) => t('withdrawnBy', { name: tenderer(data) }),
  'bid-opened': (data, { money }) =>
    joined(tenderer(data), data.priceForm && money(data.priceForm.total, data.priceForm.currency)),
  'bid-invalid': tenderer,
  'seed-given': tenderer,
  'opening-attended': ({ as }, { t }) => t(`attended.${as}`),
  'opening-postponed': until,
  'seeds-requested': until,
  'share-released': ({ unopenable }, { t }) =>
    unopenable.length > 0 ? t('unopenable', { count: unopenable.length }) : null,
  'interests-declared': ({ conflict, statement }, { t }) =>
    joined(t(conflict ? 'conflict' : 'noConflict'), statement),
  'shortlist-proposed': ({ rows }, { t }) =>
    t('passedOf', { passed: rows.filter((row) => row.passed).length, all: rows.length }),
  'shortlist-refused': reason,
  ranking: ({ rows }, { t, money, currency }) => {
    const first = rows.find((row) => row.rank === 1);
    return first ? joined(t('rankedFirst', { name: tenderer(first) }), money(first.total, currency)) : null;
  },
  'award-intended': winner,
  'award-refused': reason,
  'award-announced': winner,
  award: winner,
  contract: (data, say) => joined(winner(data, say), say.t('signedOn', { date: say.date(data.dateSigned) })),
  erasure: (data, { t }) => joined(t(`erasureReasons.${data.reason}`), data.statement),
};

/** The facts of one record in a line. */
export function RecordFacts({ filed, currency }: { filed: Filed; currency: string }) {
  const t = useTranslations('tender.trail');
  const locale = useLocale();
  // The data's shape follows from the type (catalogue); TypeScript does not narrow one by the other.
  const facts = FACTS[filed.type] as ((data: Filed['data'], say: Say) => string | null) | undefined;
  const shown = facts?.(filed.data, {
    t,
    money: (amount, of) => formatMoney(amount, of, locale),
    date: (day) => formatDate(day, locale),
    time: (instant) => formatDateTime(instant, locale),
    currency,
  });
  return shown ? <p className="font-semibold">{shown}</p> : null;
}
