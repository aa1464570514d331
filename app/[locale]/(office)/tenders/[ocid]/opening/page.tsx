import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { AutoRefresh } from '@/components/procedure/auto-refresh';
import { readOcid } from '@/components/procedure/ocid';
import { OfficeHeader } from '@/components/procedure/office-header';
import { OpenedBids } from '@/components/procedure/opened-bids';
import { OpeningReport } from '@/components/procedure/opening-report';
import { Section } from '@/components/procedure/section';
import { Undisclosed } from '@/components/procedure/undisclosed';
import { Unsuccessful } from '@/components/procedure/unsuccessful';
import { EmptyState } from '@/components/ui/empty-state';
import { Messages } from '@/lib/i18n/messages';
import { committee, last, notice, shares } from '@/lib/procedure/state';
import { readProgress } from '@/lib/server/queries/progress';
import { readSealedBids } from '@/lib/server/queries/sealed-bids';
import { readSigningKeys } from '@/lib/server/queries/signing-keys';
import { readTender } from '@/lib/server/queries/tender';
import { registryDescriptor } from '@/lib/server/registry';
import { CommitteeSeats } from './committee-seats';
import { ReleaseRoom } from './release-room';

interface PageProps {
  params: Promise<{ ocid: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('office.opening');
  return { title: t('title') };
}

/** The opening room: waiting for the time, for the chain, for the members; then the report. */
export default async function OpeningPage({ params }: PageProps) {
  const ocid = readOcid((await params).ocid);
  const [t, view, progress, sealed] = await Promise.all([
    getTranslations('office.opening'),
    readTender(ocid),
    readProgress(ocid),
    readSealedBids(ocid),
  ]);
  if (!view) notFound();
  const { process, phase, signedIn } = view;
  const published = notice(process);
  if (!published || !process.chain.opening)
    return (
      <div className="page py-8 sm:py-12">
        <OfficeHeader view={view} title={t('title')} />
        <EmptyState title={t('notPublished')}>{t('notPublishedBody')}</EmptyState>
      </div>
    );
  const { keyset } = published.data;
  const { bidsDue } = process.chain.opening;
  const seats = committee(process)?.seats ?? [];
  const report = last(process, 'opening-report');
  const unsuccessful = last(process, 'tender-unsuccessful');
  const mine = seats.find((seat) => seat.person === signedIn?.person.id);
  const released = progress?.released ?? [];
  const myTurn = sealed !== null && mine?.accepted && !released.includes(mine.person);
  const keyRecord = myTurn ? mine.accepted?.data.key : undefined;
  const registeredKey = keyRecord && (await readSigningKeys([keyRecord]))[keyRecord];
  const { rpcUrl, chainId, contract, confirmations } = registryDescriptor();
  const waiting = phase === 'open' || phase === 'closing' || phase === 'opening' || phase === 'opened';
  return (
    <Messages namespaces={['office', 'sealing', 'tender']}>
      <div className="page flex flex-col gap-10 py-8 sm:py-12">
        <OfficeHeader view={view} title={t('title')} />
        {unsuccessful ? <Unsuccessful data={unsuccessful.data} /> : null}
        {myTurn && registeredKey ? (
          <ReleaseRoom
            ocid={ocid}
            keySet={keyset}
            index={mine.index}
            registeredKey={registeredKey}
            demonstration={view.demonstration}
            bidsDue={bidsDue}
            bids={sealed}
            chain={{ rpcUrl, chainId, contract, confirmations }}
          />
        ) : null}
        {report ? (
          <>
            <Section id="report" title={t('report')}>
              <OpeningReport report={report.data} process={process} />
            </Section>
            <Section id="bids" title={t('bids')}>
              <OpenedBids process={process} />
            </Section>
          </>
        ) : (
          <Undisclosed phase={phase} bidsDue={bidsDue} />
        )}
        {unsuccessful && !report ? null : (
          <Section id="seats" title={t('seats.title')} lead={t('seats.lead', { k: keyset.k, n: keyset.n })}>
            <CommitteeSeats
              seats={seats}
              people={view.people}
              released={report ? shares(process).map((s) => s.actor.person) : progress ? released : null}
              mine={mine?.index ?? null}
              over={report !== null}
              begun={phase !== 'open' && phase !== 'closing'}
            />
          </Section>
        )}
        {waiting ? <AutoRefresh seconds={phase === 'open' ? 15 : 4} /> : null}
      </div>
    </Messages>
  );
}
