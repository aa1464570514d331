import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bids, plainBid, release } from '../support/bids';
import { PEOPLE } from '../support/people';
import { setClockOff } from './fault-files';
import { fileOne, startFilers, type Acknowledged } from './filers';
import { expectPromisesKept, type PromiseOptions } from './promises';
import { publishTender } from './publish-tender';
import { eventually, startRegistry, type Registry } from './registry';
import { keepWorkers, type Workers } from './workers';

const long = process.env.FAULTS === 'long';
/** How long a part stays away, in milliseconds. */
const AWAY = long ? 60_000 : 6_000;
const HOUR = 3_600_000;

describe('while people file', () => {
  let registry: Registry;
  let workers: Workers;
  let acknowledged: Acknowledged[] = [];
  let refused: unknown[] = [];
  beforeAll(async () => {
    registry = await startRegistry();
    workers = keepWorkers(registry.folder, 2);
    await fileOne(registry.scene.world);
    await expectPromisesKept(registry, []);
  });
  afterAll(async () => {
    await workers?.stop();
    await registry?.stop();
  });
  beforeEach(() => {
    refused = [];
  });

  /** One fault while people file and after they stopped; then every promise ever made must be kept. */
  async function under(fault: () => Promise<void>, options: PromiseOptions = {}): Promise<number> {
    const filers = startFilers(registry.scene.world, 4);
    const before = acknowledged.length;
    try {
      await sleep(1_500);
      await fault();
      await sleep(1_500);
    } finally {
      await filers.stop();
    }
    acknowledged = [...acknowledged, ...filers.acknowledged];
    refused = filers.refused;
    await expectPromisesKept(registry, acknowledged, options);
    return acknowledged.length - before;
  }

  it('PostgreSQL is killed, twice: who was acknowledged is in', async () => {
    const filed = await under(async () => {
      for (let i = 0; i < 2; i += 1) {
        await registry.killPostgres();
        await sleep(300);
        await registry.startPostgres();
        await eventually('filing goes on', async () => (await fileOne(registry.scene.world)).ended > 0);
        await sleep(1_000);
      }
    });
    expect(refused.length, 'some filings were under way').toBeGreaterThan(0);
    expect(filed).toBeGreaterThan(0);
  });

  it('the chain is killed and comes back from its saved state, its last blocks lost or not', async () => {
    await under(async () => {
      for (let i = 0; i < 2; i += 1) {
        await registry.killChain();
        await sleep(500);
        await registry.startChain();
        await sleep(2_000);
      }
    });
    expect(refused, 'filing does not wait for the chain').toEqual([]);
  });

  it('the chain is killed just after an anchor, which it loses', async () => {
    await under(async () => {
      const { ledger } = registry.scene.chain;
      const count = await ledger.anchorCount();
      await registry.chain().save();
      await eventually('another anchor', async () => (await ledger.anchorCount()) > count);
      await registry.killChain();
      await registry.startChain();
    });
    expect(refused).toEqual([]);
  });

  it('the chain is gone for a while', async () => {
    await under(async () => {
      await registry.killChain();
      await sleep(AWAY);
      await registry.startChain();
    });
    expect(refused).toEqual([]);
  });

  it('no blocks are mined for a while', async () => {
    await under(async () => {
      await registry.chain().call('evm_setAutomine', false);
      await sleep(AWAY);
      await registry.chain().call('evm_setAutomine', true);
      await registry.chain().call('evm_mine');
    });
    expect(refused).toEqual([]);
  });

  it('three blocks are reorganised away', async () => {
    const call = (method: string, ...params: unknown[]) => registry.chain().call(method, ...params);
    const block = async (height: number) =>
      (await call('eth_getBlockByNumber', `0x${height.toString(16)}`, false)) as { hash: string };
    const height = async () => Number(await call('eth_blockNumber'));
    await under(async () => {
      const start = await height();
      // anvil_reorg needs states that a chain with a pruned history lacks: this one goes back, and mines others.
      const snapshot = await call('evm_snapshot');
      await eventually('three more blocks', async () => (await height()) >= start + 3);
      const before = await block(start + 3);
      await call('evm_revert', snapshot);
      await call('anvil_mine', '0x4');
      expect((await block(start + 3)).hash, 'the block was replaced').not.toBe(before.hash);
    });
    expect(refused).toEqual([]);
  });

  it('two workers run, and the elected one is killed again and again', async () => {
    const before = workers.ended.killed;
    await under(async () => {
      for (let i = 0; i < 3; i += 1) {
        await workers.killElected();
        await sleep(randomInt(500, 2_500));
      }
    });
    expect(workers.ended.killed).toBe(before + 3);
    expect(refused).toEqual([]);
  });

  it.runIf(long)(
    'a whole tender comes to its opening under workers that are killed at random',
    { timeout: 600_000 },
    async () => {
      const { scene } = registry;
      let ended = false;
      const killer = (async () => {
        while (!ended) {
          await sleep(randomInt(1_000, 6_000));
          await workers.killElected();
        }
      })();
      try {
        await under(async () => {
          const tender = await publishTender(scene);
          await scene.untilPhase(tender.id, 'open');
          for (const [i, price] of ['900.25', '1000'].entries())
            await bids(scene, tender, PEOPLE.tenderers[i]!, plainBid(price));
          await eventually('opening', async () => (await scene.phase(tender.id)) === 'opening', 300);
          await release(scene, tender);
          await eventually('opened', async () => (await scene.phase(tender.id)) === 'evaluation', 120);
          const closed = await scene.world.db.stageClosure.findMany({ where: { tenderId: tender.id } });
          expect(closed.filter((c) => c.stage === 2).map((c) => c.count)).toEqual([2]);
        });
      } finally {
        ended = true;
        await killer;
      }
    },
  );

  it('the clock is set back an hour, and a new worker starts under it', async () => {
    await under(
      async () => {
        setClockOff(registry.folder, -HOUR);
        await sleep(3_000);
        await workers.killElected();
        await sleep(3_000);
      },
      { within: 90, inTime: false },
    );
    setClockOff(registry.folder, 0);
    await under(() => sleep(1_000));
    expect(refused).toEqual([]);
  });
});
