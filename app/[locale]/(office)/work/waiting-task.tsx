import { useTranslations } from 'next-intl';
import { PhaseSentence } from '@/components/procedure/phase-sentence';
import { PhaseTag } from '@/components/procedure/phase-tag';
import { pageOfAct } from '@/components/procedure/next-steps';
import { ActLink } from '@/components/procedure/act-link';
import { Link } from '@/lib/i18n/navigation';
import type { Act } from '@/lib/procedure/permissions';
import type { TenderRow } from '@/lib/server/queries/view';

interface WaitingTaskProps {
  tender: TenderRow;
  /** At least one. */
  acts: readonly Act[];
  /** Whom the award was announced for, if it was. */
  supplier: string | undefined;
  now: number;
}

/** One tender that waits for this person, and what it waits for. */
export function WaitingTask({ tender, acts, supplier, now }: WaitingTaskProps) {
  const t = useTranslations();
  return (
    <li className="flex flex-col gap-3 rounded-lg border border-line border-l-4 border-l-accent bg-surface p-5">
      <div>
        <PhaseTag phase={tender.phase} />
        <h3 className="mt-2 text-lg leading-snug">
          <Link href={`/tenders/${encodeURIComponent(tender.ocid)}`} lang={tender.language} className="link">
            {tender.title || t('tenders.untitled')}
          </Link>
        </h3>
        <p className="mt-1 text-sm text-ink-soft">
          {tender.phase === 'standstill' ? (
            t('tender.phases.standstill.name')
          ) : (
            <PhaseSentence phase={tender.phase} bidsDue={tender.bidsDue} supplier={supplier} now={now} />
          )}
        </p>
      </div>
      <div className="mt-auto flex flex-wrap gap-3">
        {acts.slice(0, 3).map((act, position) => (
          <ActLink
            key={act}
            href={pageOfAct(tender.ocid, act) ?? '/work'}
            variant={position === 0 ? 'primary' : 'secondary'}
          >
            {t(`acts.${act}.name`)}
          </ActLink>
        ))}
      </div>
    </li>
  );
}
