import { useTranslations } from 'next-intl';
import { Table, type Column } from '@/components/ui/table';
import type { Messages } from '@/lib/i18n/namespaces';

type Part = keyof Messages['how']['trust']['rows'];

const parts: readonly Part[] = [
  'operator',
  'committee',
  'anchorer',
  'registrar',
  'review',
  'admin',
  'chain',
  'you',
];

/** For each part: trusted for what, and what who controls it can and cannot do. */
export function TrustTable() {
  const t = useTranslations('how.trust');
  const columns: Column<Part>[] = [
    { key: 'part', header: t('part'), rowHeader: true, cell: (part) => t(`rows.${part}.part`) },
    { key: 'for', header: t('for'), cell: (part) => t(`rows.${part}.for`) },
    { key: 'can', header: t('can'), cell: (part) => t(`rows.${part}.can`) },
    { key: 'cannot', header: t('cannot'), cell: (part) => t(`rows.${part}.cannot`) },
  ];
  return (
    <Table caption={t('title')} captionHidden prose columns={columns} rows={parts} rowKey={(part) => part} />
  );
}
