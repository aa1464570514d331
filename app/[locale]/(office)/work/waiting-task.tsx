import { useTranslations } from 'next-intl';
import type { Step } from '@/components/procedure/next-steps';
import { PhaseTag } from '@/components/procedure/phase-tag';
import { StandingSentence } from '@/components/procedure/standing-sentence';
import { StepLink } from '@/components/procedure/step-link';
import { Link } from '@/lib/i18n/navigation';
import { tender } from '@/lib/procedure/state';
import type { TenderView } from '@/lib/server/queries/view';

interface WaitingTaskProps {
  view: TenderView;
  /** At least one. */
  steps: readonly Step[];
}

/** A card must not grow with the number of lots: what is beyond stands on the tender's page. */
const MOST = 4;

/** One tender that waits for this person, and what it waits for. */
export function WaitingTask({ view, steps }: WaitingTaskProps) {
  const t = useTranslations();
  const { process, phase } = view;
  const notice = tender(process) ?? process.draft;
  return (
    <li className="flex flex-col gap-3 rounded-lg border border-line border-l-4 border-l-accent bg-surface p-5">
      <div>
        <PhaseTag phase={phase} />
        <h3 className="mt-2 text-lg leading-snug">
          <Link
            href={`/tenders/${encodeURIComponent(process.ocid)}`}
            lang={notice?.language}
            className="link"
          >
            {notice?.title || t('tenders.untitled')}
          </Link>
        </h3>
        <p className="mt-1 text-sm text-ink-soft">
          {phase === 'standstill' && view.units.length === 0 ? (
            t('tender.phases.standstill.name')
          ) : (
            <StandingSentence view={view} />
          )}
        </p>
      </div>
      <div className="mt-auto flex flex-wrap gap-3">
        {steps.slice(0, MOST).map((step, position) => (
          <StepLink
            key={`${step.act} ${step.href}`}
            process={process}
            step={step}
            variant={position === 0 ? 'primary' : 'secondary'}
          />
        ))}
      </div>
    </li>
  );
}
