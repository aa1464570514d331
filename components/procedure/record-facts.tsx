import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { formatDate, formatMoney } from '@/lib/i18n/format';
import type { Filed } from '@/lib/procedure/state';

const joined = (...parts: (string | null)[]): string =>
  parts.filter((p) => p !== null && p !== '').join(' · ');

/** The facts of one record that a reader looks for first: who, how much, why. Nothing for most types. */
export function RecordFacts({ filed, currency }: { filed: Filed; currency: string }) {
  const t = useTranslations('tender.trail');
  const locale = useLocale();
  const money = (amount: string, of: string) => formatMoney(amount, of, locale);
  const facts = (): ReactNode => {
    // The data's shape follows from the type (catalogue); TypeScript does not narrow one by the other.
    const of = <T extends Filed['type']>(type: T) => (filed.type === type ? (filed as Filed<T>).data : null);
    const opened = of('bid-opened');
    if (opened) {
      const { tenderer, priceForm } = opened;
      return joined(tenderer.name, priceForm && money(priceForm.total, priceForm.currency));
    }
    const bid = of('bid') ?? of('bid-invalid');
    if (bid) return bid.tenderer.name;
    const budget = of('budget-line');
    if (budget) return joined(money(budget.value.amount, budget.value.currency), budget.source);
    const winner = of('award-intended') ?? of('award-announced') ?? of('award');
    if (winner) return joined(winner.supplier.name, money(winner.value.amount, winner.value.currency));
    const contract = of('contract');
    if (contract)
      return joined(
        contract.supplier.name,
        money(contract.value.amount, contract.value.currency),
        t('signedOn', { date: formatDate(contract.dateSigned, locale) }),
      );
    const ranked = of('ranking')?.rows.find((row) => row.rank === 1);
    if (ranked)
      return joined(t('rankedFirst', { name: ranked.tenderer.name }), money(ranked.total, currency));
    const refused = of('award-refused') ?? of('publication-refused');
    if (refused) return refused.reason;
    const erasure = of('erasure');
    if (erasure) return joined(t(`erasureReasons.${erasure.reason}`), erasure.statement);
    const interests = of('interests-declared');
    if (interests) return joined(t(interests.conflict ? 'conflict' : 'noConflict'), interests.statement);
    return null;
  };
  const shown = facts();
  return shown ? <p className="font-semibold">{shown}</p> : null;
}
