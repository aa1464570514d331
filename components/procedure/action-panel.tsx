import { useTranslations } from 'next-intl';
import type { TenderView } from '@/lib/server/queries/view';
import { ActLink } from './act-link';
import { nextSteps, pageOfAct } from './next-steps';

/** Rooms that a signed-in person may look into although there is nothing to do there for them now. */
function rooms(
  view: TenderView,
): ('draft' | 'committee' | 'bid' | 'opening' | 'evaluation' | 'award' | 'contract')[] {
  const { roles, phase } = view;
  const office = roles.includes('officer') || roles.includes('approver');
  const before = phase === 'draft' || phase === 'approval' || phase === 'publishing';
  if (before) return office || roles.includes('committee') ? ['committee'] : [];
  const list: ReturnType<typeof rooms> = [];
  if (roles.includes('tenderer') && !office) list.push('bid');
  if (phase === 'open' && (office || roles.includes('committee'))) list.push('committee');
  if (office || roles.includes('committee')) list.push('opening');
  if (phase === 'open' || phase === 'closing' || phase === 'opening' || phase === 'unsuccessful') return list;
  if (office || roles.includes('evaluator')) list.push('evaluation');
  if (office && (phase === 'standstill' || phase === 'award' || phase === 'contract')) list.push('award');
  if (office && (phase === 'contract' || phase === 'implementation')) list.push('contract');
  return list;
}

/** For signed-in people: what they can do in this tender now, and where. */
export function ActionPanel({ view }: { view: TenderView }) {
  const t = useTranslations();
  if (!view.signedIn) return null;
  const base = `/tenders/${encodeURIComponent(view.process.ocid)}`;
  const steps = nextSteps(view).filter((act) => pageOfAct(view.process.ocid, act) !== null);
  const links = rooms(view);
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
          {steps.map((act, position) => (
            <ActLink
              key={act}
              href={pageOfAct(view.process.ocid, act) ?? base}
              variant={position === 0 ? 'primary' : 'secondary'}
            >
              {t(`acts.${act}.name`)}
            </ActLink>
          ))}
        </div>
      ) : (
        <p className="mt-1 text-ink-soft">{t('tender.actions.none')}</p>
      )}
      {links.length > 0 ? (
        <ul className="mt-3 flex flex-wrap gap-x-6">
          {links.map((room) => (
            <li key={room}>
              <ActLink href={`${base}/${room}`} plain>
                {t(`tender.rooms.${room}`)}
              </ActLink>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
