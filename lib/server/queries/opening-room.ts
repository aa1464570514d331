import { cache } from 'react';
import type { Room, RoomReport } from '@/lib/procedure/opening-room';
import { lookIn } from '../opening-room/read-room';
import { world } from '../world';

/** The room as it is while the page is rendered; who is in it, the page hears afterwards. */
export interface RoomNow {
  room: Room;
  report: RoomReport | null;
}

/** An opening room, the same for every reader; null when there is none. @param unit `lot/part` */
export const readOpeningRoom = cache(async (ocid: string, unit: string | null): Promise<RoomNow | null> => {
  const w = world();
  const seen = await lookIn(w, { ocid, unit });
  if (!seen) return null;
  const seats = seen.room.seats.map((seat) => ({ ...seat, here: false }));
  return { room: { now: new Date(w.clock.now()).toISOString(), ...seen.room, seats }, report: seen.report };
});
