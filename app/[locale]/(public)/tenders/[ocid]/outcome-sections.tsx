import { useTranslations } from 'next-intl';
import { AwardSummary, ContractSummary } from '@/components/procedure/award-summary';
import { OpenedBids } from '@/components/procedure/opened-bids';
import { OpeningReport } from '@/components/procedure/opening-report';
import { qualityWeight } from '@/components/procedure/points';
import { RankingCheck } from '@/components/procedure/ranking-check';
import { RankingTable } from '@/components/procedure/ranking-table';
import { ScoreSheets } from '@/components/procedure/score-sheets';
import { Section } from '@/components/procedure/section';
import { ShortlistTable } from '@/components/procedure/shortlist-table';
import { Undisclosed } from '@/components/procedure/undisclosed';
import { Unsuccessful } from '@/components/procedure/unsuccessful';
import { rankingInput } from '@/lib/procedure/acts/evaluation';
import { reached } from '@/lib/procedure/disclosure';
import type { Phase } from '@/lib/procedure/phases';
import { last, shortlist, tender, type Process } from '@/lib/procedure/state';

interface OutcomeProps {
  /** The process, or one unit of it. */
  process: Process;
  phase: Phase;
  people: Record<string, string>;
  /** What the section is called in addresses; differs where two parts stand on one page. */
  idOf: (section: string) => string;
  level: 2 | 3;
}

/** What has come of the tender, or of one unit, so far: the latest first; what is still closed is named as closed. */
export function OutcomeSections({ process, phase, people, idOf, level }: OutcomeProps) {
  const t = useTranslations('tender');
  const announced = last(process, 'award-announced');
  const contract = last(process, 'contract');
  const unsuccessful = last(process, 'tender-unsuccessful');
  const bidsDue = process.chain.opening?.bidsDue ?? null;
  return (
    <>
      {unsuccessful ? <Unsuccessful data={unsuccessful.data} divided={process.unit !== null} /> : null}
      {contract ? (
        <Section id={idOf('contract')} title={t('contract.title')} level={level}>
          <ContractSummary contract={contract} />
        </Section>
      ) : null}
      {announced ? (
        <Section id={idOf('award')} title={t('award.title')} level={level}>
          <AwardSummary
            announced={announced}
            standstillEnds={process.chain.announcement?.standstillEnds ?? null}
            award={last(process, 'award')}
          />
        </Section>
      ) : null}
      <Ranking process={process} id={idOf('ranking')} level={level} />
      <Shortlist process={process} id={idOf('shortlist')} level={level} />
      <ScoreSheets process={process} people={people} id={idOf('sheets')} level={level} />
      <Opening process={process} id={idOf('opening')} level={level} />
      <Undisclosed phase={phase} bidsDue={bidsDue} disclosed={reached(process, 'score-sheet')} />
    </>
  );
}

interface PartProps {
  process: Process;
  id: string;
  level: 2 | 3;
}

function Ranking({ process, id, level }: PartProps) {
  const t = useTranslations('tender.ranking');
  const ranking = last(process, 'ranking');
  const notice = tender(process);
  if (!ranking || !notice) return null;
  return (
    <Section id={id} title={t('title')} lead={t('lead')} level={level}>
      <RankingTable rows={ranking.data.rows} criteria={notice.criteria} currency={notice.currency} />
      <RankingCheck input={rankingInput(process)} published={ranking.data.rows} />
    </Section>
  );
}

function Shortlist({ process, id, level }: PartProps) {
  const t = useTranslations('tender.shortlist');
  const decided = shortlist(process);
  const notice = tender(process);
  if (!decided || !notice) return null;
  return (
    <Section id={id} title={t('title')} lead={t('lead')} level={level}>
      <ShortlistTable rows={decided.data.rows} most={qualityWeight(notice)} />
    </Section>
  );
}

function Opening({ process, id, level }: PartProps) {
  const t = useTranslations('tender.opening');
  const report = last(process, 'opening-report');
  if (!report) return null;
  return (
    <Section id={id} title={t('title')} level={level}>
      <OpeningReport report={report.data} process={process} />
      <OpenedBids process={process} />
    </Section>
  );
}
