import { useTranslations } from 'next-intl';

interface PaginationProps {
  page: number;
  pages: number;
  hrefOf: (page: number) => string;
}

/** Back and forth between the pages of a list; plain links. */
export function Pagination({ page, pages, hrefOf }: PaginationProps) {
  const t = useTranslations('tenders.pages');
  if (pages <= 1) return null;
  return (
    <nav aria-label={t('label')} data-print="hide" className="mt-6 flex items-center justify-between gap-4">
      <span className="min-w-28">
        {page > 1 ? (
          <a href={hrefOf(page - 1)} rel="prev" className="link inline-flex min-h-11 items-center">
            {t('previous')}
          </a>
        ) : null}
      </span>
      <span className="text-ink-soft">{t('position', { page, pages })}</span>
      <span className="min-w-28 text-right">
        {page < pages ? (
          <a href={hrefOf(page + 1)} rel="next" className="link inline-flex min-h-11 items-center">
            {t('next')}
          </a>
        ) : null}
      </span>
    </nav>
  );
}
