import { useTranslations } from 'next-intl';
import { Link } from '@/lib/i18n/navigation';
import { tender } from '@/lib/procedure/state';
import type { TenderView } from '@/lib/server/queries/view';
import { lotStandings, unitHref } from './divided';
import { UnitName } from './unit-name';

/** In an overview of lots: where the records of each lot stand. */
export function LotTrails({ view }: { view: TenderView }) {
  const t = useTranslations('tender.units');
  const { process } = view;
  const notice = tender(process);
  if (!notice) return null;
  const base = `/tenders/${encodeURIComponent(process.ocid)}`;
  const lots = lotStandings(view.units).map(({ lot, units, deciding }) => ({
    lot,
    href: `${unitHref(base, units[0]?.unit ?? deciding)}#trail`,
    count: process.filed.filter((f) => f.unit?.lot === lot).length,
  }));
  return (
    <div>
      <h3 className="pb-1 text-lg">{t('trails')}</h3>
      <p className="max-w-measure pb-3 text-ink-soft">{t('trailsLead')}</p>
      <ul className="divide-y divide-line border-y border-line">
        {lots.map(({ lot, href, count }) => (
          <li key={lot} className="flex flex-wrap items-center justify-between gap-x-6 py-1">
            <Link href={href} className="link inline-flex min-h-11 items-center">
              <UnitName notice={notice} unit={{ lot, part: '' }} />
            </Link>
            <span className="text-sm text-ink-soft">{t('recordCount', { count })}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
