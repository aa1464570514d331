import { GET as watch } from '@/app/api/v1/tenders/[ocid]/opening/events/route';
import { roomReportSchema, roomSchema, type Room, type RoomReport } from '@/lib/procedure/opening-room';
import type { Actor } from '@/lib/procedure/roles';
import { expectDescribed } from './asked';
import { call } from './fixture';

/** @param unit `lot/part`, of a divided process */
export const eventsOf = (
  ocid: string,
  who: Actor | null,
  unit?: string,
  init: RequestInit = {},
): Promise<Response> => {
  const query = unit === undefined ? '' : `?unit=${encodeURIComponent(unit)}`;
  return call(watch.as(who), `/api/v1/tenders/${ocid}/opening/events${query}`, { ocid }, init);
};

/** Somebody in the room: what it has been told so far. */
export interface InRoom {
  text: string;
  rooms: Room[];
  reports: RoomReport[];
  /** Waits for something to be told. @throws after ten seconds */
  until(told: (room: Room) => boolean): Promise<Room>;
  leave(): void;
}

function read(into: InRoom, text: string): void {
  into.text += text;
  const events = [...into.text.matchAll(/^event: (\w+)\ndata: (.*)\n\n/gm)];
  const of = (name: string) =>
    events.filter((e) => e[1] === name).map((e) => JSON.parse(e[2] ?? '') as unknown);
  for (const room of of('room')) expectDescribed('OpeningRoom', room);
  for (const report of of('report')) expectDescribed('OpeningRoomReport', report);
  into.rooms = of('room').map((room) => roomSchema.parse(room));
  into.reports = of('report').map((report) => roomReportSchema.parse(report));
}

/** Enters a room and hears all that is told in it. */
export async function enter(ocid: string, who: Actor | null, unit?: string): Promise<InRoom> {
  const left = new AbortController();
  const response = await eventsOf(ocid, who, unit, { signal: left.signal });
  if (!response.ok || !response.body) throw new Error(await response.text());
  const inRoom: InRoom = {
    text: '',
    rooms: [],
    reports: [],
    leave: () => left.abort(),
    until: async (told) => {
      for (let tries = 0; tries < 200; tries += 1) {
        const last = inRoom.rooms.at(-1);
        if (last && told(last)) return last;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`Never told. The last was ${JSON.stringify(inRoom.rooms.at(-1))}`);
    },
  };
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  void (async () => {
    for (let next = await reader.read(); !next.done; next = await reader.read())
      read(inRoom, decoder.decode(next.value, { stream: true }));
  })();
  await inRoom.until(() => true);
  return inRoom;
}
