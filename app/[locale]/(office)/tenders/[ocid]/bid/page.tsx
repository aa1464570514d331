import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { readOcid } from '@/components/procedure/ocid';
import { OfficeHeader } from '@/components/procedure/office-header';
import { EmptyState } from '@/components/ui/empty-state';
import { BID_LIMITS } from '@/lib/browser/bid/file-rules';
import { Messages } from '@/lib/i18n/messages';
import { keySets, notice, packOf } from '@/lib/procedure/state';
import { readProgram } from '@/lib/server/queries/program-file';
import { readSigningKeys } from '@/lib/server/queries/signing-keys';
import { readTender } from '@/lib/server/queries/tender';
import { registryDescriptor } from '@/lib/server/registry';
import { BidIntro } from './bid-intro';
import { BidRoom } from './bid-room';
import { OwnBid } from './own-bid';
import { ownBids, seedRequests } from './own-bids';

interface PageProps {
  params: Promise<{ ocid: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('office.bid');
  return { title: t('title') };
}

/** Where a tenderer prepares, seals, changes and withdraws its bid, and finds its receipts. */
export default async function BidPage({ params }: PageProps) {
  const ocid = readOcid((await params).ocid);
  const [t, view] = await Promise.all([getTranslations('office.bid'), readTender(ocid)]);
  if (!view) notFound();
  const { process, phase, signedIn, now, id, demonstration } = view;
  const published = notice(process);
  const set = keySets(process).at(-1);
  const own = signedIn ? ownBids(process, signedIn.organization.id) : [];
  const bidding = view.may.includes('submit-bid') && phase === 'open';
  if (!published || !set || !signedIn || (own.length === 0 && !bidding)) {
    const why = !view.roles.includes('tenderer') ? 'notTenderer' : phase === 'open' ? 'notOpen' : 'over';
    return (
      <div className="page py-8 sm:py-12">
        <OfficeHeader view={view} title={t('title')} />
        <EmptyState title={t(`${why}.title`)}>{t(`${why}.body`)}</EmptyState>
      </div>
    );
  }
  const { tender } = published.data;
  const { title, language, currency, items, lots, envelopes, statements } = tender;
  const { origin, rpcUrl, chainId, contract } = registryDescriptor();
  const bidsDue = process.chain.opening?.bidsDue ?? tender.bidsDue;
  const { keySet, hash: keyset } = set;
  return (
    <Messages namespaces={['bid', 'bidDraft', 'sealing']}>
      <div className="page py-8 sm:py-12">
        <OfficeHeader view={view} title={t('title')} />
        <BidRoom
          {...{ ocid, tenderId: id, keySet, keyset, demonstration, bidding, own, limits: BID_LIMITS }}
          registry={{ origin, rpcUrl, chainId, contract }}
          tender={{ title, language, currency, items, lots, envelopes, statements, bidsDue }}
          tenderer={signedIn.organization}
          sealer={await readProgram('sealer')}
          signingKeys={await readSigningKeys(keySet.members.map((m) => m.key))}
          serverNow={new Date(now).toISOString()}
          seeds={seedRequests(view, signedIn.organization.id)}
          ownView={
            own.length > 0 ? (
              <OwnBid bids={own} notice={tender} phase={phase} bidsDue={bidsDue} keyset={keyset} />
            ) : null
          }
          intro={
            <BidIntro
              organization={signedIn.organization.name}
              publicAtOpening={packOf(process)?.publicAtOpening ?? false}
              twoEnvelopes={envelopes === 'two'}
              k={keySet.k}
              n={keySet.n}
            />
          }
        />
      </div>
    </Messages>
  );
}
