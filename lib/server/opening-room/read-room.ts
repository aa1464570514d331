import { PUBLIC_VIEWER, visibleTo } from '@/lib/procedure/disclosure';
import type { RoomReport } from '@/lib/procedure/opening-room';
import { refuse, type Refusal } from '@/lib/procedure/refusal';
import {
  roomOf,
  roomReportOf,
  type CommitteeStep,
  type Places,
  type RecordedRoom,
} from '@/lib/procedure/room-of';
import { inUnit, units } from '@/lib/procedure/scopes';
import type { Process } from '@/lib/procedure/state';
import { unitId } from '@/lib/procedure/units';
import { loadProcess, type BidReader } from '../load-process';
import type { World } from '../world';

/** Of a divided process, one unit by its address `lot/part`; null for the whole of one that is not divided. */
export interface RoomAddress {
  ocid: string;
  unit: string | null;
}

/** What is seen in a room, and who sits where. */
export interface RoomSeen {
  room: RecordedRoom;
  report: RoomReport | null;
  places: Places;
}

/** Whoever asks, the room is read as a citizen reads: what must not be shown is not even loaded. */
const CITIZEN: BidReader = { person: null, organizationId: null };

interface Scope {
  process: Process;
  steps: CommitteeStep[];
}

/** That members came and released, without the records: those name the bids. */
async function stepsOf(world: World, tenderId: string, { unit }: Process): Promise<CommitteeStep[]> {
  const rows = await world.db.record.findMany({
    where: {
      tenderId,
      type: { in: ['opening-attended', 'share-released'] },
      lot: unit?.lot ?? null,
      part: unit?.part ?? null,
    },
    select: { type: true, personId: true, time: true },
    orderBy: { filing: 'asc' },
  });
  return rows.map(({ type, personId, time }) => ({
    type: type as CommitteeStep['type'],
    person: personId,
    time: time.toISOString(),
  }));
}

const tenderIdOf = async (world: World, ocid: string): Promise<string | null> =>
  (await world.db.tender.findUnique({ where: { ocid: ocid.slice(0, 200) }, select: { id: true } }))?.id ??
  null;

async function loadScope(world: World, tenderId: string, unit: string | null): Promise<Scope | Refusal> {
  const whole = await loadProcess(world.db, world, tenderId, CITIZEN);
  if (!whole?.chain.opening) return refuse('not-found');
  const divided = units(whole);
  const asked = divided.find((u) => unitId(u) === unit);
  if (unit === null && divided.length > 0) return refuse('unit-missing');
  if (unit !== null && !asked) return refuse('no-such-unit');
  const process = visibleTo(asked ? inUnit(whole, asked) : whole, PUBLIC_VIEWER);
  return { process, steps: await stepsOf(world, tenderId, process) };
}

/**
 * A number that changes with whatever a room shows. Bids, withdrawals and seeds are left out: that one was filed must
 * not make the room read anything anew, since what it then does could be watched from outside.
 */
async function changesOf(world: World, tenderId: string): Promise<string> {
  const [row] = await world.db.$queryRaw<{ filing: bigint | null; closures: number; keysets: number }[]>`
    SELECT (SELECT max(filing) FROM records
             WHERE "tenderId" = ${tenderId}::uuid AND type NOT IN ('bid', 'bid-withdrawn', 'seed-given')) AS filing,
           (SELECT count(*)::int FROM stage_closures WHERE "tenderId" = ${tenderId}::uuid) AS closures,
           (SELECT count(*)::int FROM chain_committees WHERE "tenderId" = ${tenderId}::uuid) AS keysets`;
  return `${row?.filing} ${row?.closures} ${row?.keysets}`;
}

export interface RoomReader {
  /** The room as it is now; the records are read anew only after something changed. */
  read(): Promise<RoomSeen>;
}

const seenOf = ({ process, steps }: Scope, now: number): RoomSeen | null => {
  const found = roomOf(process, steps, now);
  return found && { ...found, report: roomReportOf(process) };
};

/** Reads one room again and again. A refusal: there is no such tender, unit, or published tender. */
export async function openReader(world: World, { ocid, unit }: RoomAddress): Promise<RoomReader | Refusal> {
  const tenderId = await tenderIdOf(world, ocid);
  if (tenderId === null) return refuse('not-found');
  // Asked before the records are read: what is filed in between is found the next time.
  let known = await changesOf(world, tenderId);
  const loaded = await loadScope(world, tenderId, unit);
  if ('code' in loaded) return loaded;
  let scope: Scope = loaded;
  if (!seenOf(scope, world.clock.now())) return refuse('not-found');
  const read = async (): Promise<RoomSeen> => {
    const changes = await changesOf(world, tenderId);
    const again = changes === known ? scope : await loadScope(world, tenderId, unit);
    const seen = 'code' in again ? null : seenOf(again, world.clock.now());
    if (!seen || 'code' in again) throw new Error(`The room of ${ocid} is gone`);
    [scope, known] = [again, changes];
    return seen;
  };
  return { read };
}

/** One look into a room, for a page that is rendered. */
export async function lookIn(world: World, { ocid, unit }: RoomAddress): Promise<RoomSeen | null> {
  const tenderId = await tenderIdOf(world, ocid);
  const loaded = tenderId === null ? null : await loadScope(world, tenderId, unit);
  return !loaded || 'code' in loaded ? null : seenOf(loaded, world.clock.now());
}
