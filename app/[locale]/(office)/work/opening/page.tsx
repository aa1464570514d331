import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { Messages } from '@/lib/i18n/messages';
import { myWork } from '@/lib/server/queries/lists';
import { registryDescriptor } from '@/lib/server/registry';
import { readReleases } from '../read-releases';
import { ReleaseBatch } from './release-batch';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('sealing.releaseBatch');
  return { title: t('title') };
}

/** All openings that wait for the reader's shares, for offices with many: the key file is opened once. */
export default async function ReleasePage() {
  const [t, work] = await Promise.all([getTranslations(), myWork()]);
  const releases = await readReleases(work);
  // A member may have changed its key: then what is sealed to another one is released in its own room.
  const registeredKey = releases[0]?.registeredKey;
  const own = releases.filter((release) => release.registeredKey === registeredKey);
  const { rpcUrl, chainId, contract, confirmations } = registryDescriptor();
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader
        crumbs={[{ href: '/work', label: t('office.work.title') }]}
        title={t('sealing.releaseBatch.title')}
        lead={t('sealing.releaseBatch.lead')}
      />
      {registeredKey ? (
        <Messages namespaces={['sealing', 'office']}>
          <ReleaseBatch
            tasks={own.map(({ task }) => task)}
            registeredKey={registeredKey}
            demonstration={own.some((release) => release.demonstration)}
            chain={{ rpcUrl, chainId, contract, confirmations }}
          />
        </Messages>
      ) : (
        <EmptyState title={t('sealing.releaseBatch.none')}>{t('sealing.releaseBatch.noneBody')}</EmptyState>
      )}
    </div>
  );
}
