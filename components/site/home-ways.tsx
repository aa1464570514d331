import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link, getPathname } from '@/lib/i18n/navigation';
import type { AppLocale } from '@/lib/i18n/routing';

const pictures = {
  tenders: 'M13 4a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM19.5 19.5 28 28M9 11h8M9 15h5',
  verify: 'M7 3h12l6 6v20H7zM19 3v6h6M11.5 18.5l3.5 3.5 6-7',
  how: 'M16 5v7M16 12H8v6M16 12h8v6M5 18h6v6H5zM21 18h6v6h-6zM13 3h6v4h-6z',
} as const;

/** The three things that people come for. */
export function HomeWays({ locale }: { locale: AppLocale }) {
  const t = useTranslations('home.ways');
  const stretched = 'link after:absolute after:inset-0';
  const ways: { key: keyof typeof pictures; link: ReactNode }[] = [
    {
      key: 'tenders',
      link: (
        <Link href="/tenders" className={stretched}>
          {t('tenders.title')}
        </Link>
      ),
    },
    {
      key: 'verify',
      // A full load: /verify has a security policy of its own.
      link: (
        <a href={getPathname({ href: '/verify', locale })} className={stretched}>
          {t('verify.title')}
        </a>
      ),
    },
    {
      key: 'how',
      link: (
        <Link href="/how-it-works" className={stretched}>
          {t('how.title')}
        </Link>
      ),
    },
  ];
  return (
    <section aria-labelledby="ways">
      <h2 id="ways" className="sr-only">
        {t('title')}
      </h2>
      <ul className="grid gap-px overflow-hidden rounded-lg border border-line bg-line md:grid-cols-3">
        {ways.map(({ key, link }) => (
          <li
            key={key}
            className="group relative flex gap-4 bg-surface p-5 hover:bg-accent-soft md:flex-col md:p-7"
          >
            <svg viewBox="0 0 32 32" aria-hidden="true" className="size-9 shrink-0 text-accent">
              <path d={pictures[key]} fill="none" stroke="currentColor" strokeWidth="1.7" />
            </svg>
            <div>
              <h3 className="text-lg">{link}</h3>
              <p className="mt-1 text-ink-soft">{t(`${key}.body`)}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
