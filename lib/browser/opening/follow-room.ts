import { roomReportSchema, roomSchema, type Room, type RoomReport } from '@/lib/procedure/opening-room';

/** How the page hears of the room: `polling` is when it gave up on hearing, and asks now and then. */
export type RoomLink = 'connecting' | 'live' | 'lost' | 'polling';

export interface RoomFollower {
  onRoom(room: Room): void;
  onReport(report: RoomReport): void;
  onLink(link: RoomLink): void;
}

/** What is used of a browser's EventSource. */
export type Source = Pick<EventSource, 'addEventListener' | 'close' | 'readyState'>;

/** A server ends each stream after some minutes, and the browser connects again: no reason to alarm anybody. */
const UNNOTICED = 4_000;
/** After so many failures one after another the page asks now and then. */
const ENOUGH = 2;
const CLOSED = 2;

/** Until the next attempt, where the browser makes none by itself; in milliseconds. */
const pause = (failures: number) => Math.min(60_000, 5_000 * failures);

/**
 * Follows a room until it is left: connects again for as long as it takes.
 * @param connect makes the browser's connection @returns leaves the room
 */
export function followRoom(connect: () => Source, follower: RoomFollower): () => void {
  let source: Source | null = null;
  let failures = 0;
  let link: RoomLink = 'connecting';
  let again: ReturnType<typeof setTimeout> | undefined;
  let noticed: ReturnType<typeof setTimeout> | undefined;

  const say = (now: RoomLink) => {
    clearTimeout(noticed);
    noticed = undefined;
    if (now !== link) follower.onLink((link = now));
  };
  const heard = () => {
    failures = 0;
    say('live');
  };
  const begin = () => {
    const own = (source = connect());
    own.addEventListener('room', (event) => {
      const room = roomSchema.safeParse(parsed(event));
      if (!room.success) return;
      follower.onRoom(room.data);
      heard();
    });
    own.addEventListener('report', (event) => {
      const report = roomReportSchema.safeParse(parsed(event));
      if (report.success) follower.onReport(report.data);
    });
    own.addEventListener('error', () => {
      if (own === source) failed(own);
    });
  };
  const failed = (own: Source) => {
    failures += 1;
    if (failures >= ENOUGH) say('polling');
    else if (link !== 'polling') noticed ??= setTimeout(() => say('lost'), UNNOTICED);
    if (own.readyState !== CLOSED) return;
    own.close();
    clearTimeout(again);
    again = setTimeout(begin, pause(failures));
  };
  begin();
  return () => {
    clearTimeout(again);
    clearTimeout(noticed);
    source?.close();
    source = null;
  };
}

/** The data of an event; null when it is not JSON. */
function parsed(event: Event): unknown {
  try {
    return JSON.parse(String((event as MessageEvent).data));
  } catch {
    return null;
  }
}
