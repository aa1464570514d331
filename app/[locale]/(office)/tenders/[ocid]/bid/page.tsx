import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { readOcid } from '@/components/procedure/ocid';
import { OfficeHeader } from '@/components/procedure/office-header';
import { EmptyState } from '@/components/ui/empty-state';
import { Messages } from '@/lib/i18n/messages';
import { liveBids, notice, packOf } from '@/lib/procedure/state';
import { readSigningKeys } from '@/lib/server/queries/signing-keys';
import { readTender } from '@/lib/server/queries/tender';
import { registryDescriptor } from '@/lib/server/registry';
import { UPLOAD_LIMITS } from '@/lib/server/uploads';
import { BeforeYouBid } from './before-you-bid';
import { BidRoom } from './bid-room';
import { OwnBid } from './own-bid';

interface PageProps {
  params: Promise<{ ocid: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('office.bid');
  return { title: t('title') };
}

/** Padding adds up to 3 % at this size (Padmé), and the whole envelope must stay below the server's limit. */
const LIMITS = { files: 100, bytes: UPLOAD_LIMITS.envelope - 32 * 1024 ** 2 };

/** Where a tenderer seals and hands in its bid, and finds its receipt afterwards. */
export default async function BidPage({ params }: PageProps) {
  const ocid = readOcid((await params).ocid);
  const [t, view] = await Promise.all([getTranslations('office.bid'), readTender(ocid)]);
  if (!view) notFound();
  const { process, phase, signedIn, now, id, demonstration } = view;
  const published = notice(process);
  const own = liveBids(process).find((b) => b.data.tenderer.id === signedIn?.organization.id) ?? null;
  const bidding = view.may.includes('submit-bid') && phase === 'open';
  if (!published || !signedIn || (!own && !bidding)) {
    const why = !view.roles.includes('tenderer') ? 'notTenderer' : phase === 'open' ? 'notOpen' : 'over';
    return (
      <div className="page py-8 sm:py-12">
        <OfficeHeader view={view} title={t('title')} />
        <EmptyState title={t(`${why}.title`)}>{t(`${why}.body`)}</EmptyState>
      </div>
    );
  }
  const { tender, keyset, keysetHash } = published.data;
  const { rpcUrl, chainId, contract } = registryDescriptor();
  const bidsDue = process.chain.opening?.bidsDue ?? tender.bidsDue;
  return (
    <Messages namespaces={['office', 'sealing']}>
      <div className="page py-8 sm:py-12">
        <OfficeHeader view={view} title={t('title')} />
        <BidRoom
          ocid={ocid}
          tenderId={id}
          chain={{ rpcUrl, chainId, contract }}
          own={own ? <OwnBid bid={own} phase={phase} bidsDue={bidsDue} /> : null}
          before={
            <BeforeYouBid
              organization={signedIn.organization.name}
              publicAtOpening={packOf(process)?.publicAtOpening ?? false}
              k={keyset.k}
              n={keyset.n}
            />
          }
          seal={{
            tender: { title: tender.title, bidsDue, currency: tender.currency, items: tender.items },
            tendererName: signedIn.organization.name,
            identity: {
              chainId: process.chainId,
              contract: process.contract,
              ocid,
              lot: '',
              part: '',
              tenderer: signedIn.organization.id,
              keyset: keysetHash,
            },
            keySet: keyset,
            signingKeys: await readSigningKeys(keyset.members.map((m) => m.key)),
            serverNow: new Date(now).toISOString(),
            limits: LIMITS,
            demonstration,
          }}
        />
      </div>
    </Messages>
  );
}
