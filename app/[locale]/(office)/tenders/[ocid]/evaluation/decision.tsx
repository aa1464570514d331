import { getLocale, getTranslations } from 'next-intl/server';
import { ActButton } from '@/components/procedure/act-button';
import { Section } from '@/components/procedure/section';
import { Notice } from '@/components/ui/notice';
import { SummaryList } from '@/components/ui/summary-list';
import { formatMoney } from '@/lib/i18n/format';
import { awardApproved, intendedAward, last, tender } from '@/lib/procedure/state';
import type { TenderView } from '@/lib/server/queries/view';
import { actOn } from '../../../actions';
import { ProposeAward } from './propose-award';
import { Refuse } from './refuse';

/** The intended award: proposed by one person, approved or refused by another. */
export async function Decision({ view }: { view: TenderView }) {
  const { process, may, signedIn, people } = view;
  const ranking = last(process, 'ranking');
  const notice = tender(process);
  if (!ranking || !notice) return null;
  const [t, locale] = await Promise.all([getTranslations('office.evaluation.decision'), getLocale()]);
  const intended = intendedAward(process);
  const refused = last(process, 'award-refused');
  if (!intended) {
    const first = ranking.data.rows.filter((row) => row.rank === 1);
    return (
      <Section id="decision" title={t('title')}>
        {refused ? (
          <Notice tone="warn" title={t('refused')} className="max-w-3xl">
            <p>{refused.data.reason}</p>
          </Notice>
        ) : null}
        {may.includes('propose-award') ? (
          <ProposeAward
            ocid={process.ocid}
            unit={process.unit}
            first={first.map((row) => ({
              bid: row.bid,
              label: row.tenderer.name,
              hint: formatMoney(row.total, notice.currency, locale),
            }))}
          />
        ) : (
          <p className="text-ink-soft">{t('waiting')}</p>
        )}
      </Section>
    );
  }
  const { supplier, value, reasons } = intended.data;
  const mine = intended.actor.person === signedIn?.person.id;
  const undecided = !awardApproved(process);
  return (
    <Section id="decision" title={t('title')}>
      <SummaryList
        rows={[
          { key: 'supplier', label: t('supplier'), value: <strong>{supplier.name}</strong> },
          { key: 'value', label: t('value'), value: formatMoney(value.amount, value.currency, locale) },
          {
            key: 'reasons',
            label: t('reasons'),
            value: <span className="whitespace-pre-line">{reasons}</span>,
          },
          { key: 'by', label: t('by'), value: people[intended.actor.person] ?? t('officer') },
        ]}
      />
      {undecided && may.includes('approve-award') && !mine ? (
        <div className="flex max-w-measure flex-col gap-6">
          <ActButton
            action={actOn.bind(null, {
              ocid: process.ocid,
              unit: process.unit,
              act: 'approve-award',
              input: { intended: intended.commitment },
            })}
            label={t('approve')}
            title={t('approveTitle', { supplier: supplier.name })}
          >
            <p>{t('approveBody')}</p>
          </ActButton>
          <Refuse
            ocid={process.ocid}
            unit={process.unit}
            act="refuse-award"
            texts={{
              instead: t('refuseInstead'),
              submit: t('refuse'),
              reason: t('reason'),
              reasonHint: t('reasonHint'),
            }}
          />
        </div>
      ) : (
        <Notice
          tone={undecided ? 'info' : 'ok'}
          title={t(undecided ? 'awaiting' : 'approved')}
          className="max-w-3xl"
        >
          <p>{t(undecided ? (mine ? 'awaitingOwn' : 'awaitingBody') : 'approvedBody')}</p>
        </Notice>
      )}
    </Section>
  );
}
