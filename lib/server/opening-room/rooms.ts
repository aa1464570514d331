import type { Refusal } from '@/lib/procedure/refusal';
import { refuse } from '@/lib/procedure/refusal';
import type { Clock } from '../clock';
import { eventStream } from './event-stream';
import type { RoomAddress, RoomReader } from './read-room';
import { watchRoom, type Listener, type RoomWatch } from './watch-room';

/** How many may watch through this process, and through one address; then pages ask now and then instead. */
export const MOST = { streams: 500, address: 30 };
/** Then a browser connects anew: rights and rooms are looked at again. In milliseconds. */
const LIFETIME = 600_000;
/** So that not all who came at the due time come again at once. */
const SPREAD = 120_000;
/** Seconds after which there may be room again. */
const FULL = '30';

interface Entry {
  watch: Promise<RoomWatch | Refusal>;
  /** Those who wait for the first look. */
  coming: number;
}

export interface Asked {
  address: RoomAddress;
  /** Who is signed in. */
  person: string | null;
  /** From where. */
  from: string;
  signal: AbortSignal;
}

/** What the rooms need of the world around them. */
export interface Surroundings {
  clock: Clock;
  open(address: RoomAddress): Promise<RoomReader | Refusal>;
  onFailure(error: unknown): void;
}

/** The rooms that are watched through this process. */
export interface Rooms {
  /** A stream of events, or why there is none. */
  enter(asked: Asked): Promise<ReadableStream<Uint8Array> | Refusal>;
  /** Ends every stream, and lets nobody in any more. */
  close(): void;
  /** Streams that are open. */
  readonly open: number;
}

/** Counts streams, in all and by address. */
function counter() {
  const byAddress = new Map<string, number>();
  let all = 0;
  return {
    get all() {
      return all;
    },
    take: (from: string): boolean => {
      const own = byAddress.get(from) ?? 0;
      if (all >= MOST.streams || own >= MOST.address) return false;
      all += 1;
      byAddress.set(from, own + 1);
      return true;
    },
    giveBack: (from: string) => {
      all -= 1;
      const own = (byAddress.get(from) ?? 1) - 1;
      if (own > 0) byAddress.set(from, own);
      else byAddress.delete(from);
    },
  };
}

async function startWatch(
  { open, clock, onFailure }: Surroundings,
  address: RoomAddress,
): Promise<RoomWatch | Refusal> {
  const reader = await open(address);
  return 'code' in reader ? reader : watchRoom(reader, await reader.read(), clock, onFailure);
}

/** A reader's stream in a room, until it leaves, is too slow, or its time is over. */
function listen(watch: RoomWatch, { person, signal }: Asked, onEnd: () => void): ReadableStream<Uint8Array> {
  const leave = () => {
    clearTimeout(ending);
    signal.removeEventListener('abort', end);
    watch.leave(listener);
    onEnd();
  };
  const stream = eventStream(leave);
  const end = () => {
    stream.close();
    leave();
  };
  const listener: Listener = { person, send: stream.send, beat: stream.beat, end };
  const ending = setTimeout(end, LIFETIME + Math.random() * SPREAD);
  signal.addEventListener('abort', end);
  watch.join(listener);
  return stream.body;
}

export function openRooms(around: Surroundings): Rooms {
  const entries = new Map<string, Entry>();
  const streams = counter();
  let closed = false;
  const tidy = async (key: string, entry: Entry) => {
    const watch = await entry.watch.catch(() => null);
    const used = watch !== null && !('code' in watch) && watch.size > 0;
    if (entry.coming === 0 && !used && entries.get(key) === entry) entries.delete(key);
  };
  const enter = async (asked: Asked): Promise<ReadableStream<Uint8Array> | Refusal> => {
    if (closed) return refuse('unavailable');
    if (!streams.take(asked.from)) return refuse('too-many-requests', { detail: FULL });
    const key = JSON.stringify([asked.address.ocid, asked.address.unit]);
    const entry = entries.get(key) ?? { watch: startWatch(around, asked.address), coming: 0 };
    entries.set(key, entry);
    entry.coming += 1;
    let over = false;
    const giveBack = () => {
      if (over) return;
      over = true;
      streams.giveBack(asked.from);
      void tidy(key, entry);
    };
    let body: ReadableStream<Uint8Array> | null = null;
    try {
      const watch = await entry.watch;
      if ('code' in watch) return watch;
      if (closed || asked.signal.aborted) return refuse('unavailable');
      body = listen(watch, asked, giveBack);
      return body;
    } finally {
      entry.coming -= 1;
      if (!body) giveBack();
    }
  };
  return {
    enter,
    get open() {
      return streams.all;
    },
    close: () => {
      closed = true;
      for (const { watch } of entries.values())
        watch.then(
          (found) => ('code' in found ? undefined : found.end()),
          () => undefined,
        );
    },
  };
}
