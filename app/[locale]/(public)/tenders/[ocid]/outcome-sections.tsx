import { useTranslations } from 'next-intl';
import { AwardSummary, ContractSummary } from '@/components/procedure/award-summary';
import { OpenedBids } from '@/components/procedure/opened-bids';
import { OpeningReport } from '@/components/procedure/opening-report';
import { RankingCheck } from '@/components/procedure/ranking-check';
import { RankingTable } from '@/components/procedure/ranking-table';
import { ScoreSheets } from '@/components/procedure/score-sheets';
import { Section } from '@/components/procedure/section';
import { Undisclosed } from '@/components/procedure/undisclosed';
import { Unsuccessful } from '@/components/procedure/unsuccessful';
import { rankingInput } from '@/lib/procedure/acts/evaluation';
import { committee, last, tender } from '@/lib/procedure/state';
import type { TenderView } from '@/lib/server/queries/view';

/** What has come of the tender so far, the latest first; what is still closed is named as closed. */
export function OutcomeSections({ view }: { view: TenderView }) {
  const t = useTranslations('tender');
  const { process, phase } = view;
  const notice = tender(process);
  const report = last(process, 'opening-report');
  const ranking = last(process, 'ranking');
  const announced = last(process, 'award-announced');
  const contract = last(process, 'contract');
  const unsuccessful = last(process, 'tender-unsuccessful');
  const bidsDue = process.chain.opening?.bidsDue ?? null;
  return (
    <>
      {unsuccessful ? <Unsuccessful data={unsuccessful.data} /> : null}
      {contract ? (
        <Section id="contract" title={t('contract.title')}>
          <ContractSummary contract={contract} />
        </Section>
      ) : null}
      {announced ? (
        <Section id="award" title={t('award.title')}>
          <AwardSummary
            announced={announced}
            standstillEnds={process.chain.announcement?.standstillEnds ?? null}
            award={last(process, 'award')}
          />
        </Section>
      ) : null}
      {ranking && notice ? (
        <Section id="ranking" title={t('ranking.title')} lead={t('ranking.lead')}>
          <RankingTable rows={ranking.data.rows} criteria={notice.criteria} currency={notice.currency} />
          <RankingCheck input={rankingInput(process)} published={ranking.data.rows} />
        </Section>
      ) : null}
      <ScoreSheets process={process} people={view.people} />
      {report ? (
        <Section id="opening" title={t('opening.title')}>
          <OpeningReport report={report.data} process={process} />
          <OpenedBids process={process} />
        </Section>
      ) : null}
      <Undisclosed phase={phase} bidsDue={bidsDue} />
    </>
  );
}
