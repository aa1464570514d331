import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AutoRefresh } from '@/components/procedure/auto-refresh';
import { OfficeHeader } from '@/components/procedure/office-header';
import { OpenedBids } from '@/components/procedure/opened-bids';
import { OpeningReport } from '@/components/procedure/opening-report';
import { Section } from '@/components/procedure/section';
import { Undisclosed } from '@/components/procedure/undisclosed';
import { Unsuccessful } from '@/components/procedure/unsuccessful';
import { EmptyState } from '@/components/ui/empty-state';
import { Messages } from '@/lib/i18n/messages';
import { committee, keySets, last, shares } from '@/lib/procedure/state';
import { readProgress } from '@/lib/server/queries/progress';
import { readSealedBids, type SealedBid } from '@/lib/server/queries/sealed-bids';
import { readSigningKeys } from '@/lib/server/queries/signing-keys';
import { registryDescriptor } from '@/lib/server/registry';
import { ChooseUnit, readUnitPage, type UnitPageProps } from '../unit-page';
import { CommitteeSeats } from './committee-seats';
import { OpeningTasks } from './opening-tasks';
import { ReleaseRoom } from './release-room';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('office.opening');
  return { title: t('title') };
}

/** The opening room: waiting for the time, for the chain, for the members; then the report. */
export default async function OpeningPage(props: UnitPageProps) {
  const [t, { view, unit, choose }] = await Promise.all([
    getTranslations('office.opening'),
    readUnitPage(props),
  ]);
  if (choose.length > 0) return <ChooseUnit view={view} title={t('title')} page="opening" choose={choose} />;
  const { process, phase, signedIn } = view;
  const { ocid } = process;
  const [progress, sealed] = await Promise.all([
    readProgress(ocid, unit),
    readSealedBids(ocid, process.unit),
  ]);
  const set = keySets(process).at(-1);
  if (!set || !process.chain.opening)
    return (
      <div className="page py-8 sm:py-12">
        <OfficeHeader view={view} title={t('title')} />
        <EmptyState title={t('notPublished')}>{t('notPublishedBody')}</EmptyState>
      </div>
    );
  const { k, n } = set.keySet;
  const { bidsDue } = process.chain.opening;
  const seats = committee(process)?.seats ?? [];
  const report = last(process, 'opening-report');
  const unsuccessful = last(process, 'tender-unsuccessful');
  const me = signedIn?.person.id ?? '';
  const mine = seats.find((seat) => seat.person === me);
  const released = progress?.released ?? [];
  const myTurn = sealed !== null && sealed.length > 0 && !released.includes(me);
  const registeredKey = myTurn ? await keyOfMember(sealed) : undefined;
  const { rpcUrl, chainId, contract, confirmations } = registryDescriptor();
  const waiting = ['open', 'closing', 'waiting', 'opening', 'opened'].includes(phase);
  return (
    <Messages namespaces={['office', 'sealing', 'tender', 'draft']}>
      <div className="page flex flex-col gap-10 py-8 sm:py-12">
        <OfficeHeader view={view} title={t('title')} />
        {unsuccessful ? <Unsuccessful data={unsuccessful.data} /> : null}
        <OpeningTasks view={view} />
        {myTurn && registeredKey ? (
          <ReleaseRoom
            ocid={ocid}
            unit={process.unit}
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
          <Section id="seats" title={t('seats.title')} lead={t('seats.lead', { k, n })}>
            <CommitteeSeats
              seats={seats}
              people={view.people}
              released={report ? shares(process).map((s) => s.actor.person) : progress ? released : null}
              mine={mine?.index ?? null}
              over={report !== null}
              begun={phase !== 'open' && phase !== 'closing' && phase !== 'waiting'}
            />
          </Section>
        )}
        {waiting ? <AutoRefresh seconds={phase === 'open' ? 15 : 4} /> : null}
      </div>
    </Messages>
  );
}

/** The public key that the member signs with, by its place in the key set of the bids. */
async function keyOfMember([first]: readonly SealedBid[]): Promise<string | undefined> {
  const record = first?.keySet.members.find((member) => member.index === first.index)?.key;
  return record && (await readSigningKeys([record]))[record];
}
