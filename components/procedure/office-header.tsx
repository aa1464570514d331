import { useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { last, tender } from '@/lib/procedure/state';
import type { TenderView } from '@/lib/server/queries/view';
import { PhaseSentence } from './phase-sentence';
import { PhaseTag } from './phase-tag';

/** The head of a page in which something is done in one tender. */
export function OfficeHeader({ view, title }: { view: TenderView; title: string }) {
  const t = useTranslations();
  const { process, phase, now, stuck } = view;
  const notice = tender(process);
  const name = notice?.title ?? process.draft?.title ?? '';
  return (
    <>
      <PageHeader
        crumbs={[
          { href: '/work', label: t('office.work.title') },
          { href: `/tenders/${encodeURIComponent(process.ocid)}`, label: name || t('tenders.untitled') },
        ]}
        title={title}
        tags={<PhaseTag phase={phase} />}
        lead={
          <PhaseSentence
            phase={phase}
            bidsDue={process.chain.opening?.bidsDue ?? notice?.bidsDue ?? null}
            standstillEnds={process.chain.announcement?.standstillEnds}
            supplier={last(process, 'award-announced')?.data.supplier.name}
            now={now}
          />
        }
      />
      {stuck ? (
        <Notice tone="warn" title={t('tender.stuck')} className="mb-8 max-w-3xl">
          <p>{stuck}</p>
        </Notice>
      ) : null}
    </>
  );
}
