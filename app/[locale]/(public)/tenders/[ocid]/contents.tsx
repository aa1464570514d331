import { useLocale, useTranslations } from 'next-intl';
import { getPathname } from '@/lib/i18n/navigation';
import { last, notice } from '@/lib/procedure/state';
import type { TenderView } from '@/lib/server/queries/view';

/** What is on this page, and the same for machines. */
export function Contents({ view }: { view: TenderView }) {
  const t = useTranslations('tender');
  const locale = useLocale();
  const { process } = view;
  const published = notice(process);
  const sections = [
    { id: 'contract', shown: last(process, 'contract') !== null },
    { id: 'award', shown: last(process, 'award-announced') !== null },
    { id: 'ranking', shown: last(process, 'ranking') !== null && published !== null },
    { id: 'opening', shown: last(process, 'opening-report') !== null },
    { id: 'notice', shown: published !== null },
    { id: 'documents', shown: published !== null },
    { id: 'committee', shown: published !== null },
    { id: 'trail', shown: true },
    { id: 'chain', shown: true },
  ] as const;
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
              .map(({ id }) => (
                <li key={id}>
                  <a href={`#${id}`} className="link inline-flex min-h-9 items-center">
                    {t(`${id}.title`)}
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
