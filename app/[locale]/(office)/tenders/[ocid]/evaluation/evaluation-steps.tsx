import { useTranslations } from 'next-intl';
import { TaskList, type Task } from '@/components/ui/task-list';
import {
  awardApproved,
  closure,
  evaluators,
  intendedAward,
  last,
  proposedShortlist,
  shortlist,
} from '@/lib/procedure/state';
import type { Unit } from '@/lib/procedure/units';
import type { Progress } from '@/lib/server/queries/progress';
import type { TenderView } from '@/lib/server/queries/view';

const JUDGING = ['appointed', 'declared', 'filed', 'sealed'] as const;
const SHORTLIST = ['shortlistProposed', 'shortlistApproved', 'closed'] as const;
const AWARD = ['ranked', 'proposed', 'approved', 'closed'] as const;
type Step = (typeof JUDGING)[number] | (typeof SHORTLIST)[number] | (typeof AWARD)[number];

/** Of two envelopes the technical part is judged and ends with the shortlist; the financial one is only compared. */
function stepsOf(unit: Unit | null): readonly Step[] {
  if (unit?.part === 'technical') return [...JUDGING, ...SHORTLIST];
  return unit?.part === 'financial' ? AWARD : [...JUDGING, ...AWARD];
}

/** Closed to the evaluators until the announcement: their page must not say "to come". */
const OFFICE_ONLY: readonly Step[] = ['proposed', 'approved', 'shortlistProposed', 'shortlistApproved'];

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
    shortlistProposed: {
      yes: proposedShortlist(process) !== null,
      status: done(proposedShortlist(process) !== null),
    },
    shortlistApproved: { yes: shortlist(process) !== null, status: done(shortlist(process) !== null) },
    closed: { yes: closure(process, 4) !== null, status: done(closure(process, 4) !== null) },
  };
  const office = view.roles.includes('officer') || view.roles.includes('approver');
  const tasks = stepsOf(process.unit)
    .filter((key) => office || !OFFICE_ONLY.includes(key))
    .map((key): Task => {
      const { yes, status } = steps[key];
      return { key, title: t(`names.${key}`), status, tone: yes ? 'ok' : 'neutral' };
    });
  return (
    <section aria-label={t('label')} className="max-w-3xl">
      <TaskList tasks={tasks} />
    </section>
  );
}
