import { refuse, type Refusal } from '@/lib/procedure/refusal';
import type { Actor } from '@/lib/procedure/roles';
import { bidsToOpen, last, type Filed, type Process } from '@/lib/procedure/state';
import type { Unit } from '@/lib/procedure/units';
import { fromHex } from '@/lib/record/hex';
import { equalBytes } from '@/lib/sealing/bytes';
import { deriveEnvelopeKeys } from '@/lib/sealing/derive';
import { headerLength, MAX_HEADER_LENGTH, parseEnvelope, requireExpected } from '@/lib/sealing/envelope';
import { SealingError } from '@/lib/sealing/error';
import { buildHeader } from '@/lib/sealing/seal';
import { expectedOf } from '../expected-envelopes';
import { loadProcess } from '../load-process';
import { readStored } from '../stored-range';
import type { World } from '../world';
import { checkPermission, performAct, scopeFor, type ActOutcome } from './perform-act';

/**
 * Files the seed of an own bid after it has proved to be the one: the header of the stored envelope, built again from it,
 * must be the same byte for byte. A wrong recovery file would otherwise be noticed when the time is over.
 */
export async function giveSeed(
  world: World,
  actor: Actor,
  ocid: string,
  unit: Unit | null,
  { bid, seed }: { bid: string; seed: string },
): Promise<ActOutcome> {
  const row = await world.db.tender.findUnique({ where: { ocid }, select: { id: true } });
  const whole = row && (await loadProcess(world.db, world, row.id));
  if (!whole) return refuse('not-found');
  const process = scopeFor(whole, 'give-seed', unit);
  if ('code' in process) return process;
  const wrong =
    checkPermission(process, actor, 'give-seed', world.clock.now()) ??
    (await checkSeed(world, process, actor, { bid, seed }));
  return wrong ?? performAct(world, actor, 'give-seed', row.id, { bid, seed }, unit);
}

async function checkSeed(
  world: World,
  process: Process,
  actor: Actor,
  { bid, seed }: { bid: string; seed: string },
): Promise<Refusal | null> {
  if (!last(process, 'seeds-requested')) return refuse('seeds-not-requested');
  const own = bidsToOpen(process).find(
    ({ commitment, data }) => commitment === bid && data.tenderer.id === actor.organization.id,
  );
  if (!own) return refuse('bid-not-live');
  return (await fits(world, process, own, fromHex(seed, 32))) ? null : refuse('seed-does-not-fit');
}

/** Whether this seed, and no other, gives the header of the stored envelope. */
async function fits(world: World, process: Process, bid: Filed<'bid'>, seed: Uint8Array): Promise<boolean> {
  const expected = expectedOf(process, bid);
  const row = await world.db.upload.findFirst({ where: { kind: 'envelope', usedBy: bid.id } });
  if (!expected || !row) return false;
  const size = Number(row.size);
  const beginning = await readStored(world.storage, row.storageKey, 0, Math.min(MAX_HEADER_LENGTH, size));
  try {
    const header = parseEnvelope(beginning, size);
    requireExpected(header, expected);
    const keys = deriveEnvelopeKeys(seed, header.context, header.k);
    const rebuilt = await buildHeader(expected, seed, keys, header);
    return equalBytes(rebuilt, beginning.subarray(0, headerLength(header.n)));
  } catch (error) {
    if (error instanceof SealingError) return false;
    throw error;
  }
}
