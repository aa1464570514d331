import { useTranslations } from 'next-intl';
import { PhaseTag } from '@/components/procedure/phase-tag';
import { UnitName } from '@/components/procedure/unit-name';
import { PageHeader } from '@/components/ui/page-header';
import { Tag } from '@/components/ui/tag';
import { tender } from '@/lib/procedure/state';
import type { TenderView } from '@/lib/server/queries/view';
import type { Shown } from './shown';

/** What the page is about: the tender, or one lot of it, with the way back to the whole. */
export function TenderHeader({ view, shown }: { view: TenderView; shown: Shown }) {
  const t = useTranslations();
  const { process, phase } = view;
  const notice = tender(process);
  const title = notice?.title || process.draft?.title || t('tenders.untitled');
  const all = { href: '/tenders', label: t('tenders.title') };
  const whole = { href: `/tenders/${encodeURIComponent(process.ocid)}`, label: title };
  const lot = shown.alone && notice ? shown.lot : undefined;
  return (
    <PageHeader
      crumbs={lot ? [all, whole] : [all]}
      kicker={t('tender.kicker', { ocid: process.ocid })}
      title={
        lot && notice ? (
          <UnitName notice={notice} unit={{ lot: lot.lot, part: '' }} />
        ) : (
          <span lang={notice?.language}>{title}</span>
        )
      }
      tags={
        <>
          <PhaseTag phase={lot?.phase ?? phase} />
          {notice ? <Tag>{t(`tenders.categories.${notice.mainProcurementCategory}`)}</Tag> : null}
        </>
      }
    />
  );
}
