import type { Metadata } from 'next';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { OfficeHeader } from '@/components/procedure/office-header';
import { OpenedBids } from '@/components/procedure/opened-bids';
import { OpeningEvents } from '@/components/procedure/opening-events';
import { Accounted, OpenedBy } from '@/components/procedure/opening-report';
import { Section } from '@/components/procedure/section';
import { ChooseUnit, readUnitPage, type UnitPageProps } from '@/components/procedure/unit-page';
import { Undisclosed } from '@/components/procedure/undisclosed';
import { Unsuccessful } from '@/components/procedure/unsuccessful';
import { EmptyState } from '@/components/ui/empty-state';
import { Messages } from '@/lib/i18n/messages';
import { seatsOf } from '@/lib/procedure/committee-seats';
import type { Phase } from '@/lib/procedure/phases';
import { keySets, last, tender } from '@/lib/procedure/state';
import { readOpeningRoom, type RoomNow } from '@/lib/server/queries/opening-room';
import { readProgress } from '@/lib/server/queries/progress';
import { readMemberKey, readSealedBids } from '@/lib/server/queries/sealed-bids';
import type { TenderView } from '@/lib/server/queries/view';
import { registryDescriptor } from '@/lib/server/registry';
import { AnybodyMayWatch } from './anybody-may-watch';
import { OpeningTasks } from './opening-tasks';
import { ReleaseRoom } from './release-room';
import { OnceRead, RoomProvider } from './room-provider';
import { RoomLink } from './room-link';
import { RoomReport } from './room-report';
import { RoomSeats } from './room-seats';
import { RoomState } from './room-state';
import { RoomSteps } from './room-steps';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('office.opening');
  return { title: t('title') };
}

/** The opening room: waiting for the time, for the chain, for the members; then the report. For everybody. */
export default async function OpeningPage(props: UnitPageProps) {
  const [t, { view, unit, choose }] = await Promise.all([
    getTranslations('office.opening'),
    readUnitPage(props),
  ]);
  if (choose.length > 0) return <ChooseUnit view={view} title={t('title')} page="opening" choose={choose} />;
  const { ocid } = view.process;
  const [room, release] = await Promise.all([readOpeningRoom(ocid, unit ?? null), readRelease(view, unit)]);
  if (!room)
    return (
      <div className="page py-8 sm:py-12">
        <OfficeHeader view={view} title={t('title')} />
        <EmptyState title={t('notPublished')}>{t('notPublishedBody')}</EmptyState>
      </div>
    );
  return (
    <Messages namespaces={['opening', 'office', 'sealing', 'tender', 'draft']}>
      <RoomProvider ocid={ocid} unit={unit ?? null} initial={room} live={isLive(view, room)}>
        <div className="page flex flex-col gap-10 py-8 sm:py-12">
          <OpeningRoom view={view} room={room} release={release ? <ReleaseRoom {...release} /> : null} />
        </div>
      </RoomProvider>
    </Messages>
  );
}

const MOVING: readonly Phase[] = ['open', 'closing', 'waiting', 'opening', 'opened'];
/** So long after the report its signatures are still waited for, in milliseconds. */
const SIGNING = 1_800_000;

const isLive = ({ phase, now }: TenderView, { report }: RoomNow): boolean =>
  MOVING.includes(phase) || (report !== null && now - Date.parse(report.time) < SIGNING);

interface OpeningRoomProps {
  view: TenderView;
  room: RoomNow;
  /** The member's own place, while its shares are awaited. */
  release: ReactNode;
}

function OpeningRoom({ view, room, release }: OpeningRoomProps) {
  const t = useTranslations();
  const { process, phase, people, signedIn } = view;
  const { needed, seats, bidsDue } = room.room;
  const report = last(process, 'opening-report');
  const unsuccessful = last(process, 'tender-unsuccessful');
  const notice = tender(process);
  // Also on paper, which has no crumbs.
  const name = <span lang={notice?.language}>{notice?.title}</span>;
  const set = keySets(process).at(-1);
  const places = set ? seatsOf(process, set) : [];
  const own = places.find((seat) => seat.person === signedIn?.person.id);
  const names = places.flatMap(({ index, person }) => (people[person] ? [[index, people[person]]] : []));
  return (
    <>
      <div>
        <OfficeHeader view={view} title={t('office.opening.title')} tags={<RoomLink />} lead={name} />
        <div className="flex flex-col gap-6">
          <RoomState />
          <RoomSteps />
        </div>
      </div>
      {unsuccessful ? <Unsuccessful data={unsuccessful.data} divided={process.unit !== null} /> : null}
      {report ? null : <OpeningTasks view={view} />}
      {release}
      <RoomReport
        technical={process.unit?.part === 'technical'}
        before={report ? <OpenedBy report={report.data} process={process} /> : null}
        after={
          report ? (
            <div className="flex flex-col gap-4">
              <OpeningEvents process={process} />
              <Accounted report={report.data} process={process} />
            </div>
          ) : null
        }
      >
        <Undisclosed phase={phase} bidsDue={bidsDue} />
      </RoomReport>
      {/* What is signed is read first. */}
      {report ? <OpeningTasks view={view} /> : null}
      {report ? (
        <OnceRead>
          <Section id="bids" title={t('office.opening.bids')}>
            <OpenedBids process={process} />
          </Section>
        </OnceRead>
      ) : null}
      {unsuccessful && !report ? null : (
        <Section
          id="seats"
          title={t('opening.seats.title')}
          lead={t('opening.seats.lead', { k: needed, n: seats.length })}
        >
          <RoomSeats people={Object.fromEntries(names)} mine={own?.index ?? null} />
        </Section>
      )}
      <AnybodyMayWatch view={view} />
    </>
  );
}

/** What a member needs to release its shares; null for everybody else, and when it has done so. */
async function readRelease(view: TenderView, unit: string | undefined) {
  const { process, signedIn, demonstration } = view;
  const { ocid, chain } = process;
  const [progress, bids] = await Promise.all([readProgress(ocid, unit), readSealedBids(ocid, process.unit)]);
  const done = progress?.released.includes(signedIn?.person.id ?? '') ?? false;
  if (!chain.opening || bids === null || bids.length === 0 || done) return null;
  const registeredKey = await readMemberKey(bids);
  if (!registeredKey) return null;
  const { rpcUrl, chainId, contract, confirmations } = registryDescriptor();
  return {
    ocid,
    unit: process.unit,
    registeredKey,
    demonstration,
    bidsDue: chain.opening.bidsDue,
    bids,
    chain: { rpcUrl, chainId, contract, confirmations },
  };
}
