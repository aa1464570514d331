import { useTranslations } from 'next-intl';
import type { Phase } from '@/lib/procedure/phases';
import type { TenderView } from '@/lib/server/queries/view';
import { ActLink } from './act-link';
import { unitHref, type LotStanding } from './divided';
import { nextSteps } from './next-steps';
import { StepLink } from './step-link';

type Room = 'draft' | 'committee' | 'bid' | 'opening' | 'evaluation' | 'award' | 'contract';

const BEFORE_EVALUATION: readonly Phase[] = ['open', 'closing', 'waiting', 'opening', 'unsuccessful'];
const AWARD: readonly Phase[] = ['standstill', 'award', 'contract'];
const CONTRACT: readonly Phase[] = ['contract', 'implementation'];

/** Rooms that a signed-in person may look into although there is nothing to do there for them now. */
function rooms({ roles, phase, units }: TenderView, lot: LotStanding | undefined): Room[] {
  const office = roles.includes('officer') || roles.includes('approver');
  const before = phase === 'draft' || phase === 'approval' || phase === 'publishing';
  if (before) return office || roles.includes('committee') ? ['committee'] : [];
  const phases = units.length > 0 ? (lot?.units ?? units).map((u) => u.phase) : [phase];
  const some = (wanted: readonly Phase[]) => phases.some((p) => wanted.includes(p));
  const list: Room[] = [];
  if (roles.includes('tenderer') && !office) list.push('bid');
  if (phase === 'open' && (office || roles.includes('committee'))) list.push('committee');
  if (office || roles.includes('committee')) list.push('opening');
  if (phases.every((p) => BEFORE_EVALUATION.includes(p))) return list;
  if (office || roles.includes('evaluator')) list.push('evaluation');
  if (office && some(AWARD)) list.push('award');
  if (office && some(CONTRACT)) list.push('contract');
  return list;
}

/** For signed-in people: what they can do in this tender, or this lot of it, now, and where. */
export function ActionPanel({ view, lot }: { view: TenderView; lot: LotStanding | undefined }) {
  const t = useTranslations();
  if (!view.signedIn) return null;
  const base = `/tenders/${encodeURIComponent(view.process.ocid)}`;
  const steps = nextSteps(view, lot?.units);
  const links = rooms(view, lot);
  // A room of the lot: with two envelopes its parts are to be chosen from; the bid is one for all.
  const only = lot?.units.length === 1 ? lot.deciding : null;
  if (steps.length === 0 && links.length === 0) return null;
  return (
    <section
      aria-labelledby="now-you"
      data-print="hide"
      className="rounded-lg border-2 border-accent bg-surface p-5 sm:p-6"
    >
      <h2 id="now-you" className="text-lg">
        {t('tender.actions.title')}
      </h2>
      {steps.length > 0 ? (
        <div className="mt-3 flex flex-wrap gap-3">
          {steps.map((step, position) => (
            <StepLink
              key={`${step.act} ${step.href}`}
              process={view.process}
              step={step}
              variant={position === 0 ? 'primary' : 'secondary'}
            />
          ))}
        </div>
      ) : (
        <p className="mt-1 text-ink-soft">{t('tender.actions.none')}</p>
      )}
      {links.length > 0 ? (
        <ul className="mt-3 flex flex-wrap gap-x-6">
          {links.map((room) => (
            <li key={room}>
              <ActLink href={unitHref(`${base}/${room}`, room === 'bid' ? null : only)} plain>
                {t(`tender.rooms.${room}`)}
              </ActLink>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
