import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { TenderList } from '@/components/procedure/tender-list';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { getPathname } from '@/lib/i18n/navigation';
import { listTenders } from '@/lib/server/queries/lists';
import { Filters } from './filters';
import { Pagination } from './pagination';
import { isFiltered, readSearch, toQuery } from './search';

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('tenders');
  return { title: t('title') };
}

/** Every published tender, searched and filtered by the address alone: it works without JavaScript. */
export default async function TendersPage({ searchParams }: PageProps) {
  const search = readSearch(await searchParams);
  const [t, locale, result] = await Promise.all([
    getTranslations('tenders'),
    getLocale(),
    listTenders(search),
  ]);
  const path = getPathname({ href: '/tenders', locale });
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader title={t('title')} lead={t('lead')} />
      <Filters search={search} action={path} />
      <p role="status" className="mb-3 mt-8 text-ink-soft">
        {t('found', { count: result.total })}
      </p>
      {result.rows.length > 0 ? (
        <TenderList rows={result.rows} now={result.now} />
      ) : (
        <EmptyState
          title={t(isFiltered(search) ? 'none' : 'empty')}
          action={
            isFiltered(search) ? (
              <a href={path} className="link">
                {t('clear')}
              </a>
            ) : undefined
          }
        >
          {t(isFiltered(search) ? 'noneBody' : 'emptyBody')}
        </EmptyState>
      )}
      <Pagination
        page={result.page}
        pages={result.pages}
        hrefOf={(page) => `${path}${toQuery({ ...search, page })}`}
      />
    </div>
  );
}
