import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { tender } from '@/lib/procedure/state';
import type { TenderView } from '@/lib/server/queries/view';
import { PhaseTag } from './phase-tag';
import { StandingSentence } from './standing-sentence';
import { UnitName } from './unit-name';

interface OfficeHeaderProps {
  view: TenderView;
  title: string;
  /** In place of the phase, and of the sentence on it, where the page itself says how the tender stands. */
  tags?: ReactNode;
  lead?: ReactNode;
}

/** The head of a page in which something is done in one tender, or in one unit of it. */
export function OfficeHeader({ view, title, tags, lead }: OfficeHeaderProps) {
  const t = useTranslations();
  const { process, phase, stuck, signedIn } = view;
  const notice = tender(process);
  const name = notice?.title ?? process.draft?.title ?? '';
  return (
    <>
      <PageHeader
        crumbs={[
          signedIn
            ? { href: '/work', label: t('office.work.title') }
            : { href: '/tenders', label: t('tenders.title') },
          { href: `/tenders/${encodeURIComponent(process.ocid)}`, label: name || t('tenders.untitled') },
        ]}
        kicker={process.unit && notice ? <UnitName notice={notice} unit={process.unit} /> : undefined}
        title={title}
        tags={tags ?? <PhaseTag phase={phase} />}
        lead={lead ?? <StandingSentence view={view} />}
      />
      {stuck ? (
        <Notice tone="warn" title={t('tender.stuck')} className="mb-8 max-w-3xl">
          <p>{stuck}</p>
        </Notice>
      ) : null}
    </>
  );
}
