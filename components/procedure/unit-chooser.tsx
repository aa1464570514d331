import { useTranslations } from 'next-intl';
import { Tag } from '@/components/ui/tag';
import { tender } from '@/lib/procedure/state';
import { unitId } from '@/lib/procedure/units';
import type { TenderView } from '@/lib/server/queries/view';
import { ActLink } from './act-link';
import { unitHref } from './divided';
import { nextSteps } from './next-steps';
import { PhaseTag } from './phase-tag';
import { UnitName } from './unit-name';

interface UnitChooserProps {
  view: TenderView;
  /** Those that have such a page. */
  units: TenderView['units'];
  /** The last segment of the page's address. */
  page: string;
}

/** The lots and parts of a tender, each leading to its page; those where something waits for the reader are marked. */
export function UnitChooser({ view, units, page }: UnitChooserProps) {
  const t = useTranslations('tender.units');
  const notice = tender(view.process);
  if (!notice) return null;
  const base = `/tenders/${encodeURIComponent(view.process.ocid)}/${page}`;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {units.map((row) => {
        const href = unitHref(base, row.unit);
        const waits = nextSteps(view, [row]).some((step) => step.href === href);
        return (
          <li key={unitId(row.unit)} className="flex flex-wrap items-center justify-between gap-x-6 py-1.5">
            <ActLink href={href} plain>
              <UnitName notice={notice} unit={row.unit} />
            </ActLink>
            <span className="flex flex-wrap items-center gap-2">
              {waits ? <Tag tone="accent">{t('waits')}</Tag> : null}
              <PhaseTag phase={row.phase} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
