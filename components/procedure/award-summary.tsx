import { useLocale, useTranslations } from 'next-intl';
import { LocalTime } from '@/components/ui/local-time';
import { SummaryList, type SummaryRow } from '@/components/ui/summary-list';
import { formatDate, formatMoney } from '@/lib/i18n/format';
import type { Filed } from '@/lib/procedure/state';
import { DocumentList } from './document-list';

interface AwardSummaryProps {
  announced: Filed<'award-announced'>;
  /** As the chain holds it; null until mined. */
  standstillEnds: string | null;
  award: Filed<'award'> | null;
}

/** The announced award, why, how long it may be challenged, and the final award. */
export function AwardSummary({ announced, standstillEnds, award }: AwardSummaryProps) {
  const t = useTranslations('tender.award');
  const locale = useLocale();
  const { supplier, value, reasons } = announced.data;
  const rows: SummaryRow[] = [
    { key: 'supplier', label: t('supplier'), value: <strong>{supplier.name}</strong> },
    { key: 'value', label: t('value'), value: formatMoney(value.amount, value.currency, locale) },
    { key: 'reasons', label: t('reasons'), value: <span className="whitespace-pre-line">{reasons}</span> },
    { key: 'announced', label: t('announced'), value: <LocalTime instant={announced.time} /> },
    {
      key: 'standstill',
      label: t('standstill'),
      value: <LocalTime instant={standstillEnds ?? announced.data.standstillEnds} />,
    },
    {
      key: 'final',
      label: t('final'),
      value: award ? (
        <LocalTime instant={award.time} />
      ) : (
        <span className="text-ink-soft">{t('notFinal')}</span>
      ),
    },
  ];
  if (award?.data.statement)
    rows.push({ key: 'statement', label: t('statement'), value: award.data.statement });
  const documents = [announced, award].filter((f) => f !== null && f.documents.length > 0) as Filed[];
  return (
    <>
      <SummaryList rows={rows} />
      {documents.map((filed) => (
        <DocumentList key={filed.id} recordId={filed.id} documents={filed.documents} />
      ))}
    </>
  );
}

/** The signed contract. */
export function ContractSummary({ contract }: { contract: Filed<'contract'> }) {
  const t = useTranslations('tender.contract');
  const locale = useLocale();
  const { supplier, value, dateSigned, statement } = contract.data;
  const rows: SummaryRow[] = [
    { key: 'supplier', label: t('supplier'), value: <strong>{supplier.name}</strong> },
    { key: 'value', label: t('value'), value: formatMoney(value.amount, value.currency, locale) },
    { key: 'signed', label: t('dateSigned'), value: formatDate(dateSigned, locale) },
  ];
  if (statement) rows.push({ key: 'statement', label: t('statement'), value: statement });
  return (
    <>
      <SummaryList rows={rows} />
      {contract.documents.length > 0 ? (
        <DocumentList recordId={contract.id} documents={contract.documents} />
      ) : null}
    </>
  );
}
