import { useLocale, useTranslations } from 'next-intl';
import { getPathname } from '@/lib/i18n/navigation';
import { last, notice, shortlist, type Process } from '@/lib/procedure/state';
import type { TenderView } from '@/lib/server/queries/view';
import type { Shown } from './shown';

/** The sections with results of one scope. */
const results = (scope: Process) =>
  [
    { id: 'contract', shown: last(scope, 'contract') !== null },
    { id: 'award', shown: last(scope, 'award-announced') !== null },
    { id: 'ranking', shown: last(scope, 'ranking') !== null },
    { id: 'shortlist', shown: shortlist(scope) !== null },
    { id: 'opening', shown: last(scope, 'opening-report') !== null },
  ] as const;

/** What is on this page, and the same for machines. */
export function Contents({ view, shown }: { view: TenderView; shown: Shown }) {
  const t = useTranslations('tender');
  const units = useTranslations('ui.unit');
  const locale = useLocale();
  const { process } = view;
  const published = notice(process);
  const divided = view.units.length > 0;
  const only = shown.scopes.length === 1 ? shown.scopes[0]?.process : undefined;
  const parts = shown.scopes.length > 1 ? shown.scopes.flatMap((s) => s.process.unit ?? []) : [];
  const sections = [
    { id: 'units', shown: divided && !shown.alone, label: t('units.contents') },
    { id: 'lot', shown: shown.alone, label: t('units.bought') },
    ...parts.map(({ part }) => ({ id: `part-${part}`, shown: true, label: units('part', { part }) })),
    ...(only ? results(only) : []).map((row) => ({ ...row, label: t(`${row.id}.title`) })),
    ...(['notice', 'documents', 'committee'] as const).map((id) => ({
      id,
      shown: published !== null && !shown.alone,
      label: t(`${id}.title`),
    })),
    { id: 'trail', shown: true, label: t('trail.title') },
    { id: 'chain', shown: true, label: t('chain.title') },
  ];
  const machines = [
    { href: `/api/v1/ocds/${encodeURIComponent(process.ocid)}`, label: t('machines.ocds'), shown: true },
    {
      href: `/api/v1/evidence/${published?.id ?? ''}`,
      label: t('machines.evidence'),
      shown: published !== null,
    },
  ];
  return (
    <aside data-print="hide" className="lg:order-2">
      <div className="flex flex-col gap-6 text-sm lg:sticky lg:top-6">
        <nav aria-label={t('contents')}>
          <p className="font-semibold">{t('contents')}</p>
          <ul className="mt-1 flex flex-wrap gap-x-5 lg:flex-col">
            {sections
              .filter((section) => section.shown)
              .map(({ id, label }) => (
                <li key={id}>
                  <a href={`#${id}`} className="link inline-flex min-h-9 items-center">
                    {label}
                  </a>
                </li>
              ))}
          </ul>
        </nav>
        <div>
          <p className="font-semibold">{t('machines.title')}</p>
          <ul className="mt-1 flex flex-wrap gap-x-5 lg:flex-col">
            {machines
              .filter((machine) => machine.shown && published !== null)
              .map(({ href, label }) => (
                <li key={href}>
                  <a href={href} className="link inline-flex min-h-9 items-center">
                    {label}
                  </a>
                </li>
              ))}
            <li>
              <a
                href={getPathname({ href: '/verify', locale })}
                className="link inline-flex min-h-9 items-center"
              >
                {t('machines.verify')}
              </a>
            </li>
          </ul>
        </div>
      </div>
    </aside>
  );
}
