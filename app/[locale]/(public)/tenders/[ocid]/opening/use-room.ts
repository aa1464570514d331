'use client';

import { useEffect, useState } from 'react';
import { followRoom, type RoomLink } from '@/lib/browser/opening/follow-room';
import { sharesIn, type Room, type RoomReport } from '@/lib/procedure/opening-room';
import { useRouter } from '@/lib/i18n/navigation';
import type { RoomNow } from '@/lib/server/queries/opening-room';

/** A page that nobody looks at leaves the room after so long: a member is not "here" in a forgotten tab. */
const HIDDEN = 60_000;
/** So that not everybody who watches asks for the page at once, in milliseconds. */
const SPREAD = 2_000;

/** Keeps the connection while the page is looked at. */
function useEvents(url: string | null) {
  const [room, setRoom] = useState<Room | null>(null);
  const [report, setReport] = useState<RoomReport | null>(null);
  const [link, setLink] = useState<RoomLink>('connecting');
  useEffect(() => {
    if (url === null) return;
    let leave: (() => void) | null = null;
    let leaving: ReturnType<typeof setTimeout> | undefined;
    const enter = () => {
      leave ??= followRoom(() => new EventSource(url), {
        onRoom: setRoom,
        onReport: setReport,
        onLink: setLink,
      });
    };
    const goOut = () => {
      leave?.();
      leave = null;
    };
    const looked = () => {
      clearTimeout(leaving);
      if (document.hidden) leaving = setTimeout(goOut, HIDDEN);
      else enter();
    };
    looked();
    document.addEventListener('visibilitychange', looked);
    return () => {
      document.removeEventListener('visibilitychange', looked);
      clearTimeout(leaving);
      goOut();
    };
  }, [url]);
  return { room, report, link };
}

/** Changes with whatever the server-rendered parts of the page show. */
const rendered = ({ room, report }: RoomNow): string =>
  JSON.stringify([
    room.state,
    report?.time,
    room.postponed,
    room.seedsRequested,
    sharesIn(room),
    room.seats.filter((seat) => seat.attended).length,
    room.seats.filter((seat) => seat.signed).length,
  ]);

/**
 * The room as it happens; what the page was rendered with serves until then, and while nothing is heard. The rest of the
 * page is read anew when the room changed.
 * @param url of the events; null when nothing more is going to happen
 */
export function useRoom(initial: RoomNow, url: string | null): RoomNow & { link: RoomLink } {
  const router = useRouter();
  const { room, report, link } = useEvents(url);
  const newer = room !== null && (link === 'live' || room.now > initial.room.now);
  const now: RoomNow = { room: newer ? room : initial.room, report: report ?? initial.report };
  const [known, heard] = [rendered(initial), rendered(now)];
  useEffect(() => {
    if (known === heard) return;
    const timer = setTimeout(() => router.refresh(), Math.random() * SPREAD);
    return () => clearTimeout(timer);
  }, [known, heard, router]);
  return { ...now, link };
}
