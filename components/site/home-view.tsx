import { useTranslations } from 'next-intl';
import { TenderList } from '@/components/procedure/tender-list';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Link, getPathname } from '@/lib/i18n/navigation';
import type { AppLocale } from '@/lib/i18n/routing';
import type { TenderRow } from '@/lib/server/queries/view';
import { DemoPlay } from './demo-play';
import { HomeArt } from './home-art';
import { HomeFigures, type HomeFiguresData } from './home-figures';
import { HomeWays } from './home-ways';

export interface HomeData extends HomeFiguresData {
  /** Newest first; a handful. */
  latest: readonly TenderRow[];
  /** The server's time, in milliseconds. */
  now: number;
}

/** The home page: what this is in one breath, a search, three ways in, the registry now. */
export function HomeView({ locale, data, demo }: { locale: AppLocale; data: HomeData; demo: boolean }) {
  return (
    <div className="page flex flex-col gap-14 pt-10 sm:pt-16">
      <Opening locale={locale} />
      <HomeWays locale={locale} />
      {demo ? <DemoPlay /> : null}
      <HomeFigures figures={data} />
      <Latest tenders={data.latest} now={data.now} />
    </div>
  );
}

function Opening({ locale }: { locale: AppLocale }) {
  const t = useTranslations('home');
  return (
    <section className="grid items-center gap-x-16 gap-y-10 lg:grid-cols-[1fr_24rem]">
      <div>
        <h1 className="max-w-2xl text-3xl sm:text-4xl">{t('title')}</h1>
        <p className="mt-5 max-w-measure text-lg text-ink-soft">{t('lead')}</p>
        <form action={getPathname({ href: '/tenders', locale })} role="search" className="mt-8 max-w-xl">
          <label htmlFor="q" className="font-semibold">
            {t('search.label')}
          </label>
          <div className="mt-1.5 flex gap-2">
            <input
              id="q"
              name="q"
              type="search"
              placeholder={t('search.placeholder')}
              className="control min-w-0 flex-1"
              enterKeyHint="search"
            />
            <Button type="submit">{t('search.button')}</Button>
          </div>
        </form>
      </div>
      <div className="hidden lg:block">
        <HomeArt label={t('art')} />
      </div>
    </section>
  );
}

function Latest({ tenders, now }: { tenders: readonly TenderRow[]; now: number }) {
  const t = useTranslations('home.latest');
  return (
    <section aria-labelledby="latest">
      <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 id="latest" className="text-xl">
          {t('title')}
        </h2>
        <Link href="/tenders" className="link inline-flex min-h-11 items-center">
          {t('all')}
        </Link>
      </div>
      {tenders.length > 0 ? (
        <TenderList rows={tenders} now={now} />
      ) : (
        <EmptyState title={t('none')}>{t('noneBody')}</EmptyState>
      )}
    </section>
  );
}
