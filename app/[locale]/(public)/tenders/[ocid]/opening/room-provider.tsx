'use client';

import { createContext, useContext, useState, useSyncExternalStore, type ReactNode } from 'react';
import { AutoRefresh } from '@/components/procedure/auto-refresh';
import { ServerClockProvider, useClock } from '@/components/sealing/server-clock-provider';
import type { RoomLink } from '@/lib/browser/opening/follow-room';
import { bidsRead } from '@/lib/procedure/reading-pace';
import type { RoomNow } from '@/lib/server/queries/opening-room';
import { useRoom } from './use-room';

interface InRoom extends RoomNow {
  link: RoomLink;
  /** Something may still happen. */
  live: boolean;
  /** The server's time, milliseconds since the epoch. */
  now: number;
  /** How many bids have been read out. */
  read: number;
  showAll: () => void;
}

const RoomContext = createContext<InRoom | null>(null);

/** The room. @throws outside of a `RoomProvider` */
export function useInRoom(): InRoom {
  const room = useContext(RoomContext);
  if (!room) throw new Error('There is no RoomProvider around this');
  return room;
}

const STILL = '(prefers-reduced-motion: reduce)';

function useReducedMotion(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = matchMedia(STILL);
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => matchMedia(STILL).matches,
    () => false,
  );
}

interface RoomProviderProps {
  ocid: string;
  /** `lot/part`, of a divided tender. */
  unit: string | null;
  initial: RoomNow;
  /** Whether anything may still happen. */
  live: boolean;
  children: ReactNode;
}

/** What happens in the room, for all parts of the page that show it. */
export function RoomProvider(props: RoomProviderProps) {
  // The clock is measured once; what it began with must not change whenever the page is read anew.
  const [serverNow] = useState(props.initial.room.now);
  return (
    <ServerClockProvider ocid={props.ocid} serverNow={serverNow}>
      <Room {...props} />
    </ServerClockProvider>
  );
}

function Room({ ocid, unit, initial, live, children }: RoomProviderProps) {
  const query = unit === null ? '' : `?unit=${encodeURIComponent(unit)}`;
  const url = `/api/v1/tenders/${encodeURIComponent(ocid)}/opening/events${query}`;
  const { room, report, link } = useRoom(initial, live ? url : null);
  const { now } = useClock();
  const still = useReducedMotion();
  const [all, setAll] = useState(false);
  const bids = report?.bids.length ?? 0;
  const read = report === null ? 0 : all || still ? bids : bidsRead(Date.parse(report.time), now, bids);
  return (
    <RoomContext value={{ room, report, link, live, now, read, showAll: () => setAll(true) }}>
      {children}
      {live && link === 'polling' ? <AutoRefresh seconds={room.state === 'open' ? 15 : 4} /> : null}
    </RoomContext>
  );
}

/** What stands below the bids waits until they are read out. Without JavaScript, and on paper, it is there at once. */
export function OnceRead({ children }: { children: ReactNode }) {
  const { report, read } = useInRoom();
  return <div data-unread={read < (report?.bids.length ?? 0) || undefined}>{children}</div>;
}
