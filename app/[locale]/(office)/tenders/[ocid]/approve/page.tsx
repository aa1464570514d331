import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ApprovalPanel } from '@/components/draft/approval-panel';
import { NoticeReview } from '@/components/draft/notice-review';
import { UntestedKeys } from '@/components/draft/untested-keys';
import { AutoRefresh } from '@/components/procedure/auto-refresh';
import { OfficeHeader } from '@/components/procedure/office-header';
import { readOcid } from '@/components/procedure/ocid';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { Messages } from '@/lib/i18n/messages';
import { completeNotice, publicationDigest } from '@/lib/procedure/acts/publication';
import { publicationRequest } from '@/lib/procedure/state';
import { readTender } from '@/lib/server/queries/tender';
import type { TenderView } from '@/lib/server/queries/view';

interface PageProps {
  params: Promise<{ ocid: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('draft.approve');
  return { title: t('title') };
}

/** The second pair of eyes: the notice as it will be published, to be approved or sent back. */
export default async function ApprovePage({ params }: PageProps) {
  const view = await readTender(readOcid((await params).ocid));
  if (!view) notFound();
  const t = await getTranslations('draft.approve');
  const request = publicationRequest(view.process);
  const complete = completeNotice(view.process.draft);
  const waits = view.phase === 'approval' && request !== null && complete.ok;
  return (
    <div className="page py-8 sm:py-12">
      <OfficeHeader view={view} title={t('title')} />
      {waits ? (
        <div className="flex flex-col gap-12">
          <NoticeReview notice={complete.notice} uploads={view.uploads} />
          <UntestedKeys view={view} />
          <Messages namespaces={['draft']}>
            <ApprovalPanel
              ocid={view.process.ocid}
              requestedBy={view.people[request.actor.person] ?? ''}
              requestedAt={request.time}
              own={request.actor.person === view.signedIn?.person.id}
              mayApprove={view.may.includes('approve-publication')}
              mayWithdraw={view.may.includes('withdraw-request')}
              asked={request.data.digest}
              present={publicationDigest(complete.notice, view.uploads)}
            />
          </Messages>
        </div>
      ) : (
        <Elsewhere view={view} />
      )}
    </div>
  );
}

async function Elsewhere({ view }: { view: TenderView }) {
  const t = await getTranslations('draft.approve');
  const base = `/tenders/${encodeURIComponent(view.process.ocid)}`;
  if (view.phase === 'draft' || view.phase === 'approval')
    return (
      <EmptyState
        title={t('notAsked')}
        action={
          view.may.includes('edit-draft') ? (
            <ButtonLink href={`${base}/draft`}>{t('toDraft')}</ButtonLink>
          ) : null
        }
      >
        {t('notAskedBody')}
      </EmptyState>
    );
  const waiting = view.phase === 'publishing';
  return (
    <>
      {waiting ? <AutoRefresh /> : null}
      <EmptyState
        title={t(waiting ? 'publishing' : 'published')}
        action={<ButtonLink href={base}>{t('toTender')}</ButtonLink>}
      >
        {t(waiting ? 'publishingBody' : 'publishedBody')}
      </EmptyState>
    </>
  );
}
