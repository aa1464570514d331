import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refuse } from '@/lib/procedure/refusal';
import type { RoomSeen } from '@/lib/server/opening-room/read-room';
import { MOST, openRooms, type Rooms } from '@/lib/server/opening-room/rooms';
import { pauseAfter } from '@/lib/server/opening-room/watch-room';

const START = Date.parse('2026-06-01T12:00:00.000Z');
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString();

const seat = { seat: 'officer', deputyFor: null, organization: 'City', attended: null, signed: null };
const seen = (state: RoomSeen['room']['state'] = 'shares', released: string | null = null): RoomSeen => ({
  room: {
    bidsDue: at(0),
    state,
    needed: 1,
    seats: [{ ...seat, index: 1, released }],
    replaced: false,
    postponed: null,
    seedsRequested: null,
  },
  report: null,
  places: new Map([['member', 1]]),
});

/** A room whose records the test writes, and how often it was read. */
function scene() {
  const source = { now: seen(), reads: 0, opened: 0, fails: false };
  const failures: unknown[] = [];
  const rooms: Rooms = openRooms({
    clock: { now: () => Date.now() },
    open: async ({ ocid }) => {
      source.opened += 1;
      if (ocid === 'unknown') return refuse('not-found');
      return {
        read: async () => {
          source.reads += 1;
          if (source.fails) throw new Error('The database is away');
          return source.now;
        },
      };
    },
    onFailure: (error) => failures.push(error),
  });
  return { source, rooms, failures };
}

interface Watcher {
  text: string;
  ended: boolean;
  leave(): void;
  /** Events by name, as parsed. */
  events(name: string): Record<string, unknown>[];
}

async function enter(rooms: Rooms, more: { person?: string; from?: string; ocid?: string } = {}) {
  const { person = null, from = 'here', ocid = 'o' } = more;
  const left = new AbortController();
  const address = { ocid, unit: null };
  return { left, stream: await rooms.enter({ address, person, from, signal: left.signal }) };
}

/** Somebody who reads all that comes. */
async function watch(rooms: Rooms, more: Parameters<typeof enter>[1] = {}): Promise<Watcher> {
  const { left, stream } = await enter(rooms, more);
  if (!(stream instanceof ReadableStream)) throw new Error(stream.code);
  const watcher: Watcher = {
    text: '',
    ended: false,
    leave: () => left.abort(),
    events: (name) =>
      [...watcher.text.matchAll(new RegExp(`event: ${name}\ndata: (.*)\n\n`, 'g'))].map(
        (m) => JSON.parse(m[1] ?? '') as Record<string, unknown>,
      ),
  };
  void (async () => {
    const reader = stream.pipeThrough(new TextDecoderStream() as never).getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read())
      watcher.text += String(next.value);
    watcher.ended = true;
  })();
  await vi.advanceTimersByTimeAsync(0);
  return watcher;
}

const here = (watcher: Watcher) =>
  (watcher.events('room').at(-1)?.seats as { here: boolean }[] | undefined)?.[0]?.here;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a watched room', () => {
  it('is read once for all who watch, and told only when it changed', async () => {
    const { source, rooms } = scene();
    const [a, b] = [await watch(rooms), await watch(rooms)];
    expect(source.opened).toBe(1);
    expect(a.text.startsWith('retry: 2000\n\n')).toBe(true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(source.reads).toBe(11);
    expect(a.events('room')).toHaveLength(1);
    source.now = seen('opening', at(10));
    await vi.advanceTimersByTimeAsync(1_000);
    for (const watcher of [a, b]) {
      expect(watcher.events('room')).toHaveLength(2);
      expect(watcher.events('room')[1]).toMatchObject({ now: at(11), state: 'opening' });
    }
  });

  it('tells the report before the room that has it, once', async () => {
    const { source, rooms } = scene();
    const a = await watch(rooms);
    source.now = { ...seen('opened'), report: { time: at(1), bids: [] } };
    await vi.advanceTimersByTimeAsync(5_000);
    expect(a.events('report')).toEqual([{ time: at(1), bids: [] }]);
    expect(a.text.indexOf('event: report')).toBeLessThan(a.text.lastIndexOf('event: room'));
    expect((await watch(rooms)).events('report')).toHaveLength(1);
  });

  it('is left alone when the last has gone, and read anew for the next', async () => {
    const { source, rooms } = scene();
    const a = await watch(rooms);
    a.leave();
    await vi.advanceTimersByTimeAsync(0);
    const { reads } = source;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(source.reads).toBe(reads);
    expect(rooms.open).toBe(0);
    expect(a.ended).toBe(true);
    await watch(rooms);
    expect(source.opened).toBe(2);
  });

  it('goes on after a failure', async () => {
    const { source, rooms, failures } = scene();
    const a = await watch(rooms);
    source.fails = true;
    await vi.advanceTimersByTimeAsync(3_000);
    expect(failures).toHaveLength(3);
    source.fails = false;
    source.now = seen('opening');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(a.events('room').at(-1)).toMatchObject({ state: 'opening' });
  });

  it('shows a member while it is here, and not its moment between two connections', async () => {
    const { rooms } = scene();
    const citizen = await watch(rooms);
    expect(here(citizen)).toBe(false);
    const member = await watch(rooms, { person: 'member' });
    expect(here(member)).toBe(true);
    expect(here(citizen)).toBe(true);
    member.leave();
    await vi.advanceTimersByTimeAsync(2_000);
    const again = await watch(rooms, { person: 'member' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(citizen.events('room')).toHaveLength(2);
    again.leave();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(here(citizen)).toBe(false);
  });

  it('shows nobody else: not that they are here, nor how many', async () => {
    const { rooms } = scene();
    const citizen = await watch(rooms);
    await watch(rooms, { person: 'somebody' });
    await watch(rooms, { person: 'another' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(citizen.events('room')).toHaveLength(1);
  });

  it('sends a sign of life, and ends after its time', async () => {
    const { rooms } = scene();
    const a = await watch(rooms);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(a.text.match(/^:$/gm)).toHaveLength(4);
    await vi.advanceTimersByTimeAsync(720_000);
    expect(a.ended).toBe(true);
    expect(rooms.open).toBe(0);
  });
});

describe('the bounds', () => {
  it('of one address, and of all together', async () => {
    const { rooms } = scene();
    for (let n = 0; n < MOST.address; n += 1) await enter(rooms);
    expect((await enter(rooms)).stream).toMatchObject({ code: 'too-many-requests' });
    expect((await enter(rooms, { from: 'there' })).stream).toBeInstanceOf(ReadableStream);
    for (let n = rooms.open; n < MOST.streams; n += 1) await enter(rooms, { from: `from ${n}` });
    expect((await enter(rooms, { from: 'late' })).stream).toMatchObject({ code: 'too-many-requests' });
    expect(rooms.open).toBe(MOST.streams);
  });

  it('are given back by whoever leaves, and by whoever was refused', async () => {
    const { rooms } = scene();
    for (let n = 0; n < MOST.address + 5; n += 1)
      expect((await enter(rooms, { ocid: 'unknown' })).stream).toMatchObject({ code: 'not-found' });
    const entered = [];
    for (let n = 0; n < MOST.address; n += 1) entered.push(await enter(rooms));
    entered[0]?.left.abort();
    expect((await enter(rooms)).stream).toBeInstanceOf(ReadableStream);
  });

  it('lets a slow reader go, who costs no more than the last of each event', async () => {
    const { source, rooms } = scene();
    const { stream } = await enter(rooms);
    for (let n = 0; n < 20; n += 1) {
      source.now = seen('shares', at(n));
      await vi.advanceTimersByTimeAsync(1_000);
    }
    const reader = (stream as ReadableStream<Uint8Array>).getReader();
    const decode = ({ value }: { value?: Uint8Array | undefined }) => new TextDecoder().decode(value);
    expect(decode(await reader.read())).toBe('retry: 2000\n\n');
    const kept = decode(await reader.read());
    expect(kept.match(/event: room/g)).toHaveLength(1);
    expect(kept).toContain(at(19));
    source.now = seen('shares', at(100));
    await vi.advanceTimersByTimeAsync(65_000);
    expect(rooms.open).toBe(0);
  });

  it('nobody comes in once the server stops, and all who are in go', async () => {
    const { rooms } = scene();
    const a = await watch(rooms);
    rooms.close();
    await vi.advanceTimersByTimeAsync(0);
    expect(a.ended).toBe(true);
    expect(rooms.open).toBe(0);
    expect((await enter(rooms)).stream).toMatchObject({ code: 'unavailable' });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('how often a room is looked at', () => {
  it('depends on how near the due time is, never on bids', () => {
    const open = seen('open');
    expect(pauseAfter(open, START - 3_600_000)).toBe(5_000);
    expect(pauseAfter(open, START - 60_000)).toBe(1_000);
    expect(pauseAfter(seen('shares'), START)).toBe(1_000);
    expect(pauseAfter(seen('waiting'), START)).toBe(5_000);
  });
});
