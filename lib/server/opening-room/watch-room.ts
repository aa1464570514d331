import type { Room } from '@/lib/procedure/opening-room';
import type { Clock } from '../clock';
import { eventText } from './event-stream';
import type { RoomReader, RoomSeen } from './read-room';

/** Somebody who watches. */
export interface Listener {
  /** Who it is, where somebody is signed in. */
  person: string | null;
  send(name: string, text: string): void;
  /** False when it is to be let go. */
  beat(now: number): boolean;
  /** Ends its stream. */
  end(): void;
}

/** Between two looks at the records, in milliseconds. */
const SOON = 1_000;
/** Long before bids are due, and long after they were opened, little happens. */
const SELDOM = 5_000;
const NEAR = 120_000;
const BEAT = 15_000;

/** Milliseconds until the records are looked at again. */
export function pauseAfter({ room, report }: Pick<RoomSeen, 'room' | 'report'>, now: number): number {
  const { state, bidsDue } = room;
  if (state === 'open') return Date.parse(bidsDue) - now > NEAR ? SELDOM : SOON;
  if (state === 'opened' && report) return now - Date.parse(report.time) > 15 * NEAR ? SELDOM : SOON;
  return state === 'waiting' || state === 'unsuccessful' ? SELDOM : SOON;
}

/** All who watch one room in this process, for whom the records are read once. */
export interface RoomWatch {
  readonly size: number;
  join(listener: Listener): void;
  leave(listener: Listener): void;
  end(): void;
}

/** A member whose connection is made anew, as each is now and then, has not left the room. */
const LINGER = 5_000;

/** The members in the room: by the streams that are open in this process, or were a moment ago. */
class Presence {
  readonly #left = new Map<string, number>();

  leave(person: string | null, now: number): void {
    if (person !== null) this.#left.set(person, now);
  }

  in({ room, places }: RoomSeen, listeners: Iterable<Listener>, now: number): Omit<Room, 'now'> {
    for (const [person, at] of this.#left) if (now - at >= LINGER) this.#left.delete(person);
    const people = [...[...listeners].map(({ person }) => person), ...this.#left.keys()];
    const here = new Set(people.map((person) => (person === null ? undefined : places.get(person))));
    return { ...room, seats: room.seats.map((seat) => ({ ...seat, here: here.has(seat.index) })) };
  }
}

/** What a listener has been told, as JSON; '' is nothing. */
interface Told {
  room: string;
  report: string;
}
const NOTHING: Told = { room: '', report: '' };

function tell(
  to: Iterable<Listener>,
  before: Told,
  { report }: RoomSeen,
  room: Omit<Room, 'now'>,
  now: number,
) {
  const told: Told = { room: JSON.stringify(room), report: report ? JSON.stringify(report) : '' };
  const time = new Date(now).toISOString();
  // The report first: whoever hears that the bids are open has them.
  const events: [string, string][] = [];
  if (told.report !== before.report) events.push(['report', eventText('report', told.report)]);
  if (told.room !== before.room)
    events.push(['room', eventText('room', JSON.stringify({ now: time, ...room }))]);
  for (const listener of to) for (const [name, text] of events) listener.send(name, text);
  return told;
}

/**
 * Watches one room while somebody listens: reads it about once a second and tells everybody the same, when it changed.
 * @param onFailure the room could not be read; it is tried again
 */
export function watchRoom(
  reader: RoomReader,
  first: RoomSeen,
  clock: Clock,
  onFailure: (error: unknown) => void,
): RoomWatch {
  const listeners = new Set<Listener>();
  const presence = new Presence();
  let seen = first;
  let told = NOTHING;
  let looking: NodeJS.Timeout | undefined;
  let beating: NodeJS.Timeout | undefined;

  const tellOf = (to: Iterable<Listener>, before: Told) =>
    tell(to, before, seen, presence.in(seen, listeners, clock.now()), clock.now());
  const lookLater = () => {
    clearTimeout(looking);
    looking = setTimeout(() => void look(), pauseAfter(seen, clock.now()));
  };
  const look = async () => {
    try {
      seen = await reader.read();
      told = tellOf(listeners, told);
    } catch (error) {
      onFailure(error);
    }
    if (listeners.size > 0) lookLater();
  };
  const beat = () => {
    for (const listener of [...listeners]) if (!listener.beat(clock.now())) listener.end();
  };
  return {
    get size() {
      return listeners.size;
    },
    join: (listener) => {
      const others = [...listeners];
      listeners.add(listener);
      tellOf([listener], NOTHING);
      told = tellOf(others, told);
      if (others.length > 0) return;
      lookLater();
      beating = setInterval(beat, BEAT);
    },
    leave: (listener) => {
      if (!listeners.delete(listener)) return;
      presence.leave(listener.person, clock.now());
      if (listeners.size > 0) return;
      clearTimeout(looking);
      clearInterval(beating);
    },
    end: () => {
      for (const listener of [...listeners]) listener.end();
    },
  };
}
