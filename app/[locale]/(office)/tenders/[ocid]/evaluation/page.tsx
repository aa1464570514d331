import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AutoRefresh } from '@/components/procedure/auto-refresh';
import { OfficeHeader } from '@/components/procedure/office-header';
import { OpenedBids } from '@/components/procedure/opened-bids';
import { RankingCheck } from '@/components/procedure/ranking-check';
import { RankingTable } from '@/components/procedure/ranking-table';
import { ScoreSheets } from '@/components/procedure/score-sheets';
import { Section } from '@/components/procedure/section';
import { EmptyState } from '@/components/ui/empty-state';
import { Messages } from '@/lib/i18n/messages';
import { rankingInput } from '@/lib/procedure/acts/evaluation';
import type { Phase } from '@/lib/procedure/phases';
import { last, tender } from '@/lib/procedure/state';
import { readProgress } from '@/lib/server/queries/progress';
import { ChooseUnit, readUnitPage, type UnitPageProps } from '@/components/procedure/unit-page';
import { Decision } from './decision';
import { EvaluatorTasks } from './evaluator-tasks';
import { EvaluationSteps } from './evaluation-steps';
import { OfficerTasks } from './officer-tasks';
import { Shortlist } from './shortlist';

/** Others act, or the chain: the page is read anew. */
const WAITING: readonly Phase[] = ['opened', 'assessment', 'evaluation', 'comparison', 'announcing'];

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('office.evaluation');
  return { title: t('title') };
}

/** The evaluation: who judges, each sheet filed unseen, the ranking, the intended award and its approval. */
export default async function EvaluationPage(props: UnitPageProps) {
  const [t, { view, unit, choose }] = await Promise.all([
    getTranslations('office.evaluation'),
    readUnitPage(props),
  ]);
  if (choose.length > 0)
    return <ChooseUnit view={view} title={t('title')} page="evaluation" choose={choose} />;
  const { process, phase } = view;
  const progress = await readProgress(process.ocid, unit);
  const notice = tender(process);
  const started = last(process, 'opening-report') !== null && phase !== 'unsuccessful';
  if (!started || !progress || !notice)
    return (
      <div className="page py-8 sm:py-12">
        <OfficeHeader view={view} title={t('title')} />
        <EmptyState title={t(started ? 'notYours' : 'notYet')}>
          {t(started ? 'notYoursBody' : 'notYetBody')}
        </EmptyState>
        {started ? null : <AutoRefresh seconds={10} />}
      </div>
    );
  const ranking = last(process, 'ranking');
  return (
    <Messages namespaces={['office', 'tender']}>
      <div className="page flex flex-col gap-12 py-8 sm:py-12">
        <div>
          <OfficeHeader view={view} title={t('title')} />
          <EvaluationSteps view={view} progress={progress} />
        </div>
        <OfficerTasks view={view} progress={progress} />
        <EvaluatorTasks view={view} />
        {ranking ? (
          <Section id="ranking" title={t('ranking')}>
            <RankingTable rows={ranking.data.rows} criteria={notice.criteria} currency={notice.currency} />
            <RankingCheck input={rankingInput(process)} published={ranking.data.rows} />
          </Section>
        ) : null}
        <Shortlist view={view} />
        <Decision view={view} />
        <ScoreSheets process={process} people={view.people} />
        <Section id="bids" title={t('bids')}>
          <OpenedBids process={process} />
        </Section>
        {WAITING.includes(phase) ? <AutoRefresh seconds={6} /> : null}
      </div>
    </Messages>
  );
}
