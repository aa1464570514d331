import { useLocale, useTranslations } from 'next-intl';
import { EmptyState } from '@/components/ui/empty-state';
import { LocalTime } from '@/components/ui/local-time';
import type { StageName } from '@/components/ui/stage-timeline';
import { Table, type Column } from '@/components/ui/table';
import { Tag, type Tone } from '@/components/ui/tag';
import { formatMoney } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';

export interface HomeTender {
  ocid: string;
  title: string;
  /** BCP 47, of the title. */
  language: string;
  buyer: string;
  stage: StageName;
  /** RFC 3339. */
  bidsDue: string | null;
  value: { amount: string; currency: string } | null;
}

/** Taking bids is what a visitor can act on; what follows is under way. */
const tones: Partial<Record<StageName, Tone>> = {
  tender: 'accent',
  bids: 'accent',
  award: 'ok',
  contract: 'ok',
};

/** The newest tenders. */
export function HomeLatest({ tenders }: { tenders: readonly HomeTender[] }) {
  const t = useTranslations();
  const locale = useLocale();
  const columns: Column<HomeTender>[] = [
    {
      key: 'title',
      header: t('home.latest.tender'),
      rowHeader: true,
      cell: (tender) => (
        <Link href={`/tenders/${encodeURIComponent(tender.ocid)}`} lang={tender.language} className="link">
          {tender.title}
        </Link>
      ),
    },
    {
      key: 'buyer',
      header: t('home.latest.buyer'),
      cell: (tender) => <span lang={tender.language}>{tender.buyer}</span>,
    },
    {
      key: 'stage',
      header: t('home.latest.stage'),
      cell: (tender) => (
        <Tag tone={tones[tender.stage] ?? 'neutral'}>{t(`common.stage.${tender.stage}`)}</Tag>
      ),
    },
    {
      key: 'due',
      header: t('home.latest.due'),
      cell: (tender) => (tender.bidsDue ? <LocalTime instant={tender.bidsDue} /> : '–'),
    },
    {
      key: 'value',
      header: t('home.latest.value'),
      numeric: true,
      cell: (tender) =>
        tender.value ? formatMoney(tender.value.amount, tender.value.currency, locale) : '–',
    },
  ];
  return (
    <section aria-labelledby="latest">
      <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 id="latest" className="text-xl">
          {t('home.latest.title')}
        </h2>
        <Link href="/tenders" className="link inline-flex min-h-11 items-center">
          {t('home.latest.all')}
        </Link>
      </div>
      {tenders.length > 0 ? (
        <Table
          caption={t('home.latest.title')}
          captionHidden
          columns={columns}
          rows={tenders}
          rowKey={(tender) => tender.ocid}
        />
      ) : (
        <EmptyState title={t('home.latest.none')}>{t('home.latest.noneBody')}</EmptyState>
      )}
    </section>
  );
}
