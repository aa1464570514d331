import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { actOn } from '@/app/[locale]/(office)/actions';
import { DraftTaskList } from '@/components/draft/draft-task-list';
import { NotEditable } from '@/components/draft/not-editable';
import { NoticeReview } from '@/components/draft/notice-review';
import { ProblemList } from '@/components/draft/problem-list';
import { draftProblems } from '@/components/draft/problems';
import { draftTasks } from '@/components/draft/tasks';
import { UntestedKeys } from '@/components/draft/untested-keys';
import { ActButton } from '@/components/procedure/act-button';
import { OfficeHeader } from '@/components/procedure/office-header';
import { readOcid } from '@/components/procedure/ocid';
import { completeNotice } from '@/lib/procedure/acts/publication';
import { Messages } from '@/lib/i18n/messages';
import { readTender } from '@/lib/server/queries/tender';
import type { TenderView } from '@/lib/server/queries/view';

interface PageProps {
  params: Promise<{ ocid: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('draft.check');
  return { title: t('title') };
}

/** "Check your answers", and then ask for publication. */
export default async function CheckDraftPage({ params }: PageProps) {
  const view = await readTender(readOcid((await params).ocid));
  if (!view) notFound();
  const t = await getTranslations('draft.check');
  return (
    <div className="page py-8 sm:py-12">
      <OfficeHeader view={view} title={t('title')} />
      {view.may.includes('request-publication') ? <Check view={view} /> : <NotEditable view={view} />}
    </div>
  );
}

async function Check({ view }: { view: TenderView }) {
  const t = await getTranslations('draft.check');
  const { process, uploads, now } = view;
  const { ocid, draft } = process;
  const base = `/tenders/${encodeURIComponent(ocid)}/draft`;
  const complete = completeNotice(draft);
  const problems = draft ? draftProblems(draft, now) : [];
  const ready = draftTasks(view).publication.kind === 'ready';
  return (
    <div className="flex flex-col gap-12">
      {problems.length > 0 ? <ProblemList problems={problems} base={base} /> : null}
      {complete.ok ? (
        <NoticeReview notice={complete.notice} uploads={uploads} changeBase={base} />
      ) : (
        <DraftTaskList view={view} />
      )}
      <section aria-labelledby="ask" className="max-w-measure">
        <h2 id="ask" className="text-xl">
          {t('ask')}
        </h2>
        <p className="mb-4 mt-2 text-ink-soft">{t(ready ? 'askBody' : 'notYet')}</p>
        {ready ? (
          <div className="mb-5">
            <UntestedKeys view={view} />
          </div>
        ) : null}
        {ready ? (
          <Messages namespaces={['draft']}>
            <ActButton
              action={actOn.bind(null, { ocid, act: 'request-publication', input: {} })}
              label={t('submit')}
              title={t('confirmTitle')}
            >
              {t('confirmBody')}
            </ActButton>
          </Messages>
        ) : null}
      </section>
    </div>
  );
}
