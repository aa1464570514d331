import { useTranslations } from 'next-intl';
import { DocumentList } from '@/components/procedure/document-list';
import { LotList } from '@/components/procedure/lot-list';
import { CriteriaTable, ItemsTable, NoticeFacts } from '@/components/procedure/notice-details';
import { OpeningCommittee } from '@/components/procedure/opening-committee';
import { Section } from '@/components/procedure/section';
import { StatementList } from '@/components/procedure/statement-list';
import { notice as noticeOf, packOf } from '@/lib/procedure/state';
import type { TenderView } from '@/lib/server/queries/view';

/** What is bought, on what terms, with which documents, and who will open the bids. */
export function NoticeSections({ view }: { view: TenderView }) {
  const t = useTranslations('tender');
  const filed = noticeOf(view.process);
  if (!filed) return null;
  const { tender: notice } = filed.data;
  return (
    <>
      <Section id="notice" title={t('notice.title')}>
        <p lang={notice.language} className="max-w-measure whitespace-pre-line">
          {notice.description}
        </p>
        <NoticeFacts notice={notice} pack={packOf(view.process)} />
        {notice.lots.length > 0 ? (
          <LotList notice={notice} />
        ) : (
          <ItemsTable items={notice.items} language={notice.language} />
        )}
        <CriteriaTable criteria={notice.criteria} language={notice.language} />
        <StatementList notice={notice} />
      </Section>
      <Section id="documents" title={t('documents.title')} lead={t('documents.lead')}>
        {filed.documents.length > 0 ? (
          <DocumentList recordId={filed.id} documents={filed.documents} />
        ) : (
          <p className="text-ink-soft">{t('documents.none')}</p>
        )}
      </Section>
      <Section id="committee" title={t('committee.title')}>
        <OpeningCommittee process={view.process} people={view.people} />
      </Section>
    </>
  );
}
