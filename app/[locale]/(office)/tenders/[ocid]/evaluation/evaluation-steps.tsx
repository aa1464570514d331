import { useTranslations } from 'next-intl';
import { TaskList, type Task } from '@/components/ui/task-list';
import { awardApproved, closure, evaluators, intendedAward, last } from '@/lib/procedure/state';
import type { Progress } from '@/lib/server/queries/progress';
import type { TenderView } from '@/lib/server/queries/view';

type Step = 'appointed' | 'declared' | 'filed' | 'sealed' | 'ranked' | 'proposed' | 'approved' | 'closed';

/** How far the evaluation has come: how many sheets are in, never what is in them. */
export function EvaluationSteps({ view, progress }: { view: TenderView; progress: Progress }) {
  const t = useTranslations('office.evaluation.steps');
  const { process } = view;
  const total = evaluators(process).length;
  const done = (yes: boolean) => (yes ? t('done') : t('todo'));
  const sealed = last(process, 'scores-sealed');
  const counted = (count: number) => (total === 0 ? t('todo') : t('count', { count, total }));
  const steps: Record<Step, { yes: boolean; status: string }> = {
    appointed: { yes: total > 0, status: total > 0 ? t('appointedCount', { total }) : t('todo') },
    declared: {
      yes: total > 0 && progress.declared.length === total,
      status: counted(progress.declared.length),
    },
    filed: { yes: total > 0 && progress.filed.length === total, status: counted(progress.filed.length) },
    sealed: {
      yes: sealed?.anchorIndex != null,
      status: sealed && sealed.anchorIndex === null ? t('anchoring') : done(sealed !== null),
    },
    ranked: { yes: last(process, 'ranking') !== null, status: done(last(process, 'ranking') !== null) },
    proposed: { yes: intendedAward(process) !== null, status: done(intendedAward(process) !== null) },
    approved: { yes: awardApproved(process), status: done(awardApproved(process)) },
    closed: { yes: closure(process, 4) !== null, status: done(closure(process, 4) !== null) },
  };
  // Proposal and approval are closed to the evaluators until the announcement: their page must not say "to come".
  const office = view.roles.includes('officer') || view.roles.includes('approver');
  const shown = (Object.entries(steps) as [Step, { yes: boolean; status: string }][]).filter(
    ([key]) => office || (key !== 'proposed' && key !== 'approved'),
  );
  const tasks = shown.map(([key, { yes, status }]): Task => ({
    key,
    title: t(`names.${key}`),
    status,
    tone: yes ? 'ok' : 'neutral',
  }));
  return (
    <section aria-label={t('label')} className="max-w-3xl">
      <TaskList tasks={tasks} />
    </section>
  );
}
