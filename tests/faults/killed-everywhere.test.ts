import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OpenedKey } from '@/lib/browser/keys/opened-key';
import { orderErasure } from '@/lib/cli/order-erasure';
import { intendedAward, last } from '@/lib/procedure/state';
import { does } from '../support/acts';
import { bids, plainBid, release } from '../support/bids';
import { document, evaluate, proposalInput, type Drive } from '../support/drive';
import { employ } from '../support/employ';
import { PEOPLE } from '../support/people';
import { dropPlan, killedAt, planKillEverywhere } from './fault-files';
import { startFilers, type Acknowledged, type Filers } from './filers';
import { expectPromisesKept } from './promises';
import { isOpened, publishTender } from './publish-tender';
import { eventually, startRegistry, type Registry } from './registry';
import { keepWorkers, type Workers } from './workers';

const QUIET = 8;
/** Longer than any wait for a worker that dies at every other step. */
const PATIENCE = 900;

// Takes half an hour: in the long form only.
describe.runIf(process.env.FAULTS === 'long')(
  'a worker that is killed at each step to which it comes for the first time',
  { timeout: 2 * PATIENCE * 1000 },
  () => {
    let registry: Registry;
    let workers: Workers;
    let filers: Filers;
    let tender: Drive;
    const acknowledged: Acknowledged[] = [];
    const died = () => killedAt(registry.folder);
    const call = (method: string, ...params: unknown[]) => registry.chain().call(method, ...params);
    const untilSo = (what: string, done: () => Promise<boolean>) => eventually(what, done, PATIENCE);
    const untilPhase = (of: Drive, phase: string) =>
      untilSo(phase, async () => (await registry.scene.phase(of.id)) === phase);

    beforeAll(async () => {
      registry = await startRegistry({
        env: { CHAIN_STUCK_SECONDS: '5', ANCHOR_QUIET_SECONDS: String(QUIET) },
      });
      workers = keepWorkers(registry.folder, 2);
    });
    afterAll(async () => {
      await workers?.stop();
      await registry?.stop();
    });
    beforeEach(() => {
      planKillEverywhere(registry.folder);
      filers = startFilers(registry.scene.world, 3, 100);
    });
    /** What each of the troubles below leaves behind, once the workers live again. */
    afterEach(async () => {
      await filers.stop();
      acknowledged.push(...filers.acknowledged);
      dropPlan(registry.folder);
      // The waits were longer than the promises.
      await expectPromisesKept(registry, acknowledged, { within: 120, inTime: false });
      expect(workers.ended.failed).toBe(0);
    });

    it('publishes', async () => {
      const { scene } = registry;
      // So far away that all the deaths of a publication fit in.
      const bidsDue = new Date(scene.clock.now() + 7_200_000).toISOString();
      const first = await publishTender(scene, { bidsDue });
      await untilSo('published', () => isOpened(scene, first));
      tender = await publishTender(scene);
      await untilSo('published again', () => isOpened(scene, tender));
      for (const kind of [/log_tiles insert/, /sequencer:sequence commit/, /broadcast/, /mined$/])
        expect(
          died().some((step) => kind.test(step)),
          String(kind),
        ).toBe(true);
    });

    it('opens the bids, announces the award, and closes every stage to the contract', async () => {
      const { scene } = registry;
      for (const [i, price] of ['900.25', '1000'].entries())
        await bids(scene, tender, PEOPLE.tenderers[i]!, plainBid(price));
      await untilPhase(tender, 'opening');
      await release(scene, tender);
      await untilPhase(tender, 'evaluation');
      await evaluate(scene, tender);
      await untilSo('the ranking', async () => last(await scene.process(tender.id), 'ranking') !== null);
      await does(scene, PEOPLE.officer, 'propose-award', tender.id, await proposalInput(scene, tender));
      const intended = intendedAward(await scene.process(tender.id))?.commitment ?? '';
      await does(scene, PEOPLE.approver, 'approve-award', tender.id, { intended });
      await untilPhase(tender, 'award');
      const letter = [await document(scene, tender, PEOPLE.officer, 'Award letter')];
      await does(scene, PEOPLE.officer, 'confirm-award', tender.id, { statement: '', documents: letter });
      await untilPhase(tender, 'contract');
      const signed = [await document(scene, tender, PEOPLE.officer, 'Signed contract')];
      const dateSigned = new Date(scene.clock.now()).toISOString().slice(0, 10);
      const contract = { dateSigned, statement: '', documents: signed };
      await does(scene, PEOPLE.officer, 'file-contract', tender.id, contract);
      await untilPhase(tender, 'implementation');
      const closed = await scene.world.db.stageClosure.findMany({ where: { tenderId: tender.id } });
      expect(closed.map((c) => c.stage).sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
      expect(closed.find((c) => c.stage === 2)?.count).toBe(2);
      for (const kind of [/open-all-bids:openAllBids/, /announce:announce /, /stage-calls:announceAward/])
        expect(
          died().some((step) => kind.test(step)),
          String(kind),
        ).toBe(true);
    });

    it('carries out an order to erase', async () => {
      const { scene } = registry;
      await employ(scene, PEOPLE.regulator);
      const where = { tenderId: tender.id, type: 'bid' };
      const { id: recordId } = await scene.world.db.record.findFirstOrThrow({ where });
      const order = { recordId, reason: 'personal-data', statement: 'On request.' } as const;
      const ordered = await orderErasure(scene.world, new OpenedKey(PEOPLE.regulator.seed, false), order);
      expect(ordered).toMatchObject({ ok: true });
      const erased = async () => (await scene.process(tender.id)).erased.some((e) => e.id === recordId);
      await untilSo('the erasure', erased);
      expect(died().some((step) => step.includes('erase:erase'))).toBe(true);
    });

    it('replaces a transaction that no block takes up', async () => {
      const { db } = registry.scene.world;
      await call('evm_setAutomine', false);
      const replaced = async () =>
        (await db.chainAttempt.groupBy({ by: ['callId', 'nonce'], _count: true })).some((a) => a._count > 1);
      await untilSo('a second attempt', replaced);
      await call('evm_setAutomine', true);
      await call('evm_mine');
      expect(died().some((step) => step.includes('send-call:replace'))).toBe(true);
    });

    it('takes back an anchor that would come at a wrong time, and cancels a tender without bids', async () => {
      const { scene } = registry;
      const second = await publishTender(scene);
      await untilSo('published', () => isOpened(scene, second));
      const due = Date.parse((await scene.process(second.id)).chain.opening!.bidsDue);
      const before = async (seconds: number) => scene.clock.now() > due - seconds * 1000;
      await untilSo('the due time near', () => before(QUIET + 5));
      await call('evm_setAutomine', false);
      const retired = () =>
        scene.world.db.chainCall.count({ where: { facts: { path: ['retired'], equals: true } } });
      await untilSo('an anchor taken back', async () => (await retired()) > 0 || (await before(0)));
      await call('evm_setAutomine', true);
      await call('evm_mine');
      expect(await retired()).toBeGreaterThan(0);
      await untilPhase(second, 'unsuccessful');
      const frozen = () => scene.world.db.stageClosure.count({ where: { tenderId: second.id, stage: 3 } });
      await untilSo('the cancellation', async () => (await frozen()) > 0);
    });

    it('sends again what the chain has lost', async () => {
      const { scene } = registry;
      const height = async () => Number(await call('eth_blockNumber'));
      const start = await height();
      const snapshot = await call('evm_snapshot');
      const third = await publishTender(scene, {
        bidsDue: new Date(scene.clock.now() + 3_600_000).toISOString(),
      });
      await untilSo('published', () => isOpened(scene, third));
      const ended = await height();
      expect(ended).toBeGreaterThan(start);
      await call('evm_revert', snapshot);
      await call('anvil_mine', `0x${(ended - start + 1).toString(16)}`);
      await untilSo('what was lost is under way', async () =>
        died().some((s) => s.includes('recheck:giveBack')),
      );
      await untilSo('published again', () => isOpened(scene, third));
      await sleep(5_000);
    });

    it('finds an anchor of its log that its table lacks', async () => {
      const { db } = registry.scene.world;
      await filers.stop();
      dropPlan(registry.folder);
      await expectPromisesKept(registry, acknowledged, { inTime: false });
      planKillEverywhere(registry.folder);
      const newest = await db.anchor.findFirstOrThrow({ orderBy: { index: 'desc' } });
      await db.anchor.delete({ where: { index: newest.index } });
      await untilSo(
        'the anchor',
        async () => (await db.anchor.count({ where: { index: newest.index } })) > 0,
      );
      expect(died().some((step) => step.includes('recheck:adoptAnchors'))).toBe(true);
    });
  },
);
