import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeAnnounceAward, encodeCloseStage, encodeOpenTender } from '@/lib/server/chain/calls';
import { EMPTY_ROOT, GENESIS, sha256, startWorld, type World } from './world';

// What the operator pays. The bounds hold the figures that contracts/README.md states; the run prints them.

const DUE = GENESIS + 3_600;
const process = sha256('ocds-213czf-000-00003');
const figures: Record<string, number> = {};

function note(name: string, gas: bigint): number {
  figures[name] = Number(gas);
  return Number(gas);
}

describe('gas', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(async () => {
    await world.stop();
    console.info(figures);
  });

  it('of extendLog grows with the logarithm of the log', async () => {
    const sizes = [1, 2, 40, 41, 1_000, 1_024, 5_000, 5_001, 8_191, 8_192];
    let time = GENESIS + 1;
    for (const size of sizes) {
      const outcome = await world.anchor(size, (time += 1));
      expect(outcome.reverted).toBe(false);
      expect(note(`extendLog to ${size}`, outcome.gasUsed)).toBeLessThan(115_000);
    }
  });

  it('of a whole tender', async () => {
    const open = { process, notice: sha256('n'), bidsDue: DUE, standstill: 10, keyset: sha256('k') };
    note('openTender', (await world.send('registrar', encodeOpenTender(open))).gasUsed);
    await world.anchor(8_193, DUE);
    const anchorIndex = (await world.ledger.anchorCount()) - 1;
    for (let stage = 0; stage < 8; stage += 1) {
      const time = DUE + 100 * (stage + 1);
      if (stage === 5) {
        const award = { key: process, commitment: sha256('a'), standstillEnds: time - 5 };
        const outcome = await world.send('registrar', encodeAnnounceAward(award), time - 20);
        note('announceAward', outcome.gasUsed);
      }
      const call = { key: process, stage, root: EMPTY_ROOT, count: 0, anchorIndex };
      const outcome = await world.send('registrar', encodeCloseStage(call), time);
      expect(outcome.refusal).toBeNull();
      expect(note(`closeStage ${stage}`, outcome.gasUsed)).toBeLessThan(120_000);
    }
  });
});
