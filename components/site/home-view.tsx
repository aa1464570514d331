import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { getPathname } from '@/lib/i18n/navigation';
import type { AppLocale } from '@/lib/i18n/routing';
import { HomeArt } from './home-art';
import { HomeFigures, type HomeFiguresData } from './home-figures';
import { HomeLatest, type HomeTender } from './home-latest';
import { HomeWays } from './home-ways';

export interface HomeData {
  figures: HomeFiguresData;
  /** Newest first; a handful. */
  latest: readonly HomeTender[];
}

/** The home page: what this is in one breath, a search, three ways in, the registry now. */
export function HomeView({ locale, data }: { locale: AppLocale; data: HomeData }) {
  const t = useTranslations('home');
  return (
    <div className="page flex flex-col gap-14 pt-10 sm:pt-16">
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
      <HomeWays locale={locale} />
      <HomeFigures figures={data.figures} />
      <HomeLatest tenders={data.latest} />
    </div>
  );
}
