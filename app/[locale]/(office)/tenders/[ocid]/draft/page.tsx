import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { DraftTaskList } from '@/components/draft/draft-task-list';
import { LastRefusal } from '@/components/draft/last-refusal';
import { NotEditable } from '@/components/draft/not-editable';
import { TemplateNotice } from '@/components/draft/template-notice';
import { OfficeHeader } from '@/components/procedure/office-header';
import { readOcid } from '@/components/procedure/ocid';
import { readTender } from '@/lib/server/queries/tender';

interface PageProps {
  params: Promise<{ ocid: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('draft.tasks');
  return { title: t('title') };
}

/** The officer's list of tasks: what is done and what is missing before the tender can be published. */
export default async function DraftPage({ params }: PageProps) {
  const view = await readTender(readOcid((await params).ocid));
  if (!view) notFound();
  const t = await getTranslations('draft.tasks');
  return (
    <div className="page py-8 sm:py-12">
      <OfficeHeader view={view} title={t('title')} />
      {view.may.includes('edit-draft') ? (
        <div className="flex flex-col gap-8">
          <LastRefusal process={view.process} people={view.people} />
          <TemplateNotice template={view.process.draft?.template} />
          <DraftTaskList view={view} />
        </div>
      ) : (
        <NotEditable view={view} />
      )}
    </div>
  );
}
