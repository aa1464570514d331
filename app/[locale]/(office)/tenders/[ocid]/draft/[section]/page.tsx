import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { DocumentsForm } from '@/components/draft/documents-form';
import { SECTIONS, type Section } from '@/components/draft/problems';
import { SectionEditor } from '@/components/draft/section-editor';
import { NotEditable } from '@/components/draft/not-editable';
import { readOcid } from '@/components/procedure/ocid';
import { PageHeader } from '@/components/ui/page-header';
import { Messages } from '@/lib/i18n/messages';
import { readTender } from '@/lib/server/queries/tender';

interface PageProps {
  params: Promise<{ ocid: string; section: string }>;
}

const sectionNamed = (name: string): Section | null => SECTIONS.find((s) => s === name) ?? null;

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const t = await getTranslations('draft.sections');
  const section = sectionNamed((await params).section);
  return section ? { title: t(`${section}.title`) } : {};
}

/** One part of the draft on a page of its own. */
export default async function DraftSectionPage({ params }: PageProps) {
  const { ocid: segment, section: name } = await params;
  const section = sectionNamed(name);
  const view = section && (await readTender(readOcid(segment)));
  if (!view || !section) notFound();
  const t = await getTranslations();
  const { process, may, uploads } = view;
  const base = `/tenders/${encodeURIComponent(process.ocid)}/draft`;
  const following = SECTIONS[SECTIONS.indexOf(section) + 1];
  const next = following ? `${base}/${following}` : base;
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader
        crumbs={[
          { href: '/work', label: t('common.nav.office') },
          { href: base, label: process.draft?.title || t('tenders.untitled') },
        ]}
        title={t(`draft.sections.${section}.title`)}
        lead={t(`draft.sections.${section}.lead`)}
      />
      {process.draft && may.includes('edit-draft') ? (
        <Messages namespaces={['draft', 'tenders', 'errors']}>
          {section === 'documents' ? (
            <DocumentsForm tenderId={view.id} initial={uploads} next={next} />
          ) : (
            <SectionEditor
              ocid={process.ocid}
              section={section}
              initial={process.draft}
              next={next}
              back={base}
            />
          )}
        </Messages>
      ) : (
        <NotEditable view={view} />
      )}
    </div>
  );
}
