import { useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { tender } from '@/lib/procedure/state';
import type { TenderView } from '@/lib/server/queries/view';
import { PhaseTag } from './phase-tag';
import { StandingSentence } from './standing-sentence';
import { UnitName } from './unit-name';

/** The head of a page in which something is done in one tender, or in one unit of it. */
export function OfficeHeader({ view, title }: { view: TenderView; title: string }) {
  const t = useTranslations();
  const { process, phase, stuck } = view;
  const notice = tender(process);
  const name = notice?.title ?? process.draft?.title ?? '';
  return (
    <>
      <PageHeader
        crumbs={[
          { href: '/work', label: t('office.work.title') },
          { href: `/tenders/${encodeURIComponent(process.ocid)}`, label: name || t('tenders.untitled') },
        ]}
        kicker={process.unit && notice ? <UnitName notice={notice} unit={process.unit} /> : undefined}
        title={title}
        tags={<PhaseTag phase={phase} />}
        lead={<StandingSentence view={view} />}
      />
      {stuck ? (
        <Notice tone="warn" title={t('tender.stuck')} className="mb-8 max-w-3xl">
          <p>{stuck}</p>
        </Notice>
      ) : null}
    </>
  );
}
