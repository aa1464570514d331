import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { TenderCheck } from '@/components/evidence/tender-check/tender-check';
import { readOcid } from '@/components/procedure/ocid';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { Messages } from '@/lib/i18n/messages';
import { tender } from '@/lib/procedure/state';
import { readTender } from '@/lib/server/queries/tender';
import { registryDescriptor } from '@/lib/server/registry';

interface PageProps {
  params: Promise<{ ocid: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('tenderCheck');
  return { title: t('title'), description: t('lead') };
}

/** The whole tender, checked by the reader: the server contributes the program, and what anybody may read. */
export default async function TenderCheckPage({ params }: PageProps) {
  const [{ ocid }, t] = await Promise.all([params, getTranslations('tenderCheck')]);
  const view = await readTender(readOcid(ocid));
  if (!view) notFound();
  const { process } = view;
  const { rpcUrl, embedded: _embedded, ...registry } = registryDescriptor();
  const crumb = { label: tender(process)?.title ?? process.ocid, href: `/tenders/${process.ocid}` };
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader title={t('title')} lead={t('lead')} crumbs={[crumb]} />
      {process.chain.opening === null ? (
        <EmptyState title={t('notPublished')}>{t('notPublishedBody')}</EmptyState>
      ) : (
        <Messages namespaces={['tenderCheck', 'records', 'ui', 'verify']}>
          <TenderCheck ocid={process.ocid} registry={registry} ownNode={rpcUrl} />
        </Messages>
      )}
    </div>
  );
}
