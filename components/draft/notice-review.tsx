import { useTranslations } from 'next-intl';
import { LotList } from '@/components/procedure/lot-list';
import { StatementList } from '@/components/procedure/statement-list';
import { CriteriaTable, ItemsTable, NoticeFacts } from '@/components/procedure/notice-details';
import { Section } from '@/components/procedure/section';
import { Hash } from '@/components/ui/hash';
import { publicationDigest } from '@/lib/procedure/acts/publication';
import type { Upload } from '@/lib/procedure/decision';
import { rulePack } from '@/lib/procedure/rules/packs';
import { Link } from '@/lib/i18n/navigation';
import type { Notice } from '@/lib/record/notice';
import type { Section as SectionName } from './problems';
import { ReviewDocuments } from './review-documents';

interface NoticeReviewProps {
  notice: Notice;
  uploads: readonly Upload[];
  /** Where its parts can be changed, without the language; absent for the approver. */
  changeBase?: string | undefined;
}

/** The notice exactly as it will be published, with its documents and the fingerprint of the whole. */
export function NoticeReview({ notice, uploads, changeBase }: NoticeReviewProps) {
  const t = useTranslations('draft');
  const change = (section: SectionName) =>
    changeBase ? (
      <Link href={`${changeBase}/${section}`} className="link inline-flex min-h-11 items-center">
        {t('review.change', { what: t(`sections.${section}.title`) })}
      </Link>
    ) : null;
  return (
    <div className="flex max-w-4xl flex-col gap-12">
      <Section id="text" title={t('sections.notice.title')}>
        <div>
          <h3 className="text-lg" lang={notice.language}>
            {notice.title}
          </h3>
          <p className="mt-2 max-w-measure whitespace-pre-line" lang={notice.language}>
            {notice.description}
          </p>
        </div>
        <NoticeFacts notice={notice} pack={rulePack(notice.rulePack)} />
        <div className="flex flex-wrap gap-x-6">
          {change('notice')}
          {change('deadlines')}
        </div>
      </Section>
      <Section id="what" title={t('sections.items.title')}>
        {notice.lots.length > 0 ? (
          <LotList notice={notice} />
        ) : (
          <ItemsTable items={notice.items} language={notice.language} />
        )}
        <div className="flex flex-wrap gap-x-6">
          {change('lots')}
          {change('items')}
        </div>
      </Section>
      <Section id="how" title={t('sections.criteria.title')}>
        <CriteriaTable criteria={notice.criteria} language={notice.language} />
        <StatementList notice={notice} />
        <div className="flex flex-wrap gap-x-6">
          {change('criteria')}
          {change('statements')}
        </div>
      </Section>
      <Section id="documents" title={t('sections.documents.title')}>
        <ReviewDocuments uploads={uploads} />
        {change('documents')}
      </Section>
      <Section id="digest" title={t('review.digest')} lead={t('review.digestLead')}>
        <Hash value={publicationDigest(notice, uploads)} full />
      </Section>
    </div>
  );
}
