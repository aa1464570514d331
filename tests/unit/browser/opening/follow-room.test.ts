import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followRoom, type RoomLink, type Source } from '@/lib/browser/opening/follow-room';
import type { Room } from '@/lib/procedure/opening-room';

const ROOM: Room = {
  now: '2026-06-01T12:00:00.000Z',
  bidsDue: '2026-06-01T12:00:00.000Z',
  state: 'shares',
  needed: 2,
  seats: [],
  replaced: false,
  postponed: null,
  seedsRequested: null,
};

class FakeSource implements Source {
  readyState = 0;
  closed = false;
  readonly #heard = new Map<string, (event: Event) => void>();
  addEventListener(name: string, heard: unknown): void {
    this.#heard.set(name, heard as (event: Event) => void);
  }
  close(): void {
    this.closed = true;
  }
  tell(name: string, data: unknown): void {
    this.#heard.get(name)?.({ data: typeof data === 'string' ? data : JSON.stringify(data) } as MessageEvent);
  }
  /** The connection broke; `over`: the browser makes no other by itself. */
  fail(over: boolean): void {
    this.readyState = over ? 2 : 0;
    this.#heard.get('error')?.({} as Event);
  }
}

function follow() {
  const sources: FakeSource[] = [];
  const links: RoomLink[] = [];
  const rooms: Room[] = [];
  const reports: unknown[] = [];
  const leave = followRoom(
    () => {
      const source = new FakeSource();
      sources.push(source);
      return source;
    },
    {
      onRoom: (room) => rooms.push(room),
      onReport: (report) => reports.push(report),
      onLink: (link) => links.push(link),
    },
  );
  const newest = () => sources.at(-1) as FakeSource;
  return { sources, links, rooms, reports, leave, newest };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('following a room', () => {
  it('hears the room and the report, and nothing that is neither', () => {
    const { newest, links, rooms, reports } = follow();
    newest().tell('room', 'no JSON');
    newest().tell('room', { ...ROOM, state: 'unheard of' });
    newest().tell('report', { bids: 3 });
    expect([links, rooms, reports]).toEqual([[], [], []]);
    newest().tell('report', { time: ROOM.now, bids: [] });
    newest().tell('room', ROOM);
    expect([links, rooms, reports.length]).toEqual([['live'], [ROOM], 1]);
  });

  it('says nothing of a connection that is made anew at once', () => {
    const { newest, links } = follow();
    newest().tell('room', ROOM);
    newest().fail(false);
    vi.advanceTimersByTime(3_000);
    newest().tell('room', ROOM);
    vi.advanceTimersByTime(60_000);
    expect(links).toEqual(['live']);
  });

  it('says that it is lost, and that it is back', () => {
    const { newest, links } = follow();
    newest().tell('room', ROOM);
    newest().fail(false);
    vi.advanceTimersByTime(5_000);
    newest().tell('room', ROOM);
    expect(links).toEqual(['live', 'lost', 'live']);
  });

  it('lets the page ask by itself after two failures, and goes on trying ever more seldom', () => {
    const { newest, sources, links } = follow();
    newest().fail(true);
    vi.advanceTimersByTime(5_000);
    expect(sources).toHaveLength(2);
    newest().fail(true);
    expect(links).toEqual(['lost', 'polling']);
    vi.advanceTimersByTime(9_999);
    expect(sources).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(sources).toHaveLength(3);
    newest().tell('room', ROOM);
    expect(links).toEqual(['lost', 'polling', 'live']);
    expect(sources.slice(0, 2).every((source) => source.closed)).toBe(true);
  });

  it('stops when the room is left', () => {
    const { newest, sources, leave, links } = follow();
    newest().fail(true);
    leave();
    vi.advanceTimersByTime(600_000);
    expect(sources).toHaveLength(1);
    expect(newest().closed).toBe(true);
    expect(links).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
