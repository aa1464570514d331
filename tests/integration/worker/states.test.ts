import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chainReader } from '@/lib/browser/verify/chain-reader';
import { ChainUnavailable, type ChainReader } from '@/lib/evidence/chain-reader';
import { MAX_EVIDENCE_LENGTH, type Evidence } from '@/lib/evidence/format';
import { openState } from '@/lib/evidence/state-proof';
import { stateReader } from '@/lib/evidence/state-reader';
import { slotsOf } from '@/lib/evidence/state-slots';
import { verifyEvidence } from '@/lib/evidence/verify';
import { CATALOGUE } from '@/lib/record/catalogue';
import { assembleEvidence } from '@/lib/server/evidence';
import { readHealth } from '@/lib/server/health';
import { metricsText } from '@/lib/server/metrics';
import { descriptorOf } from '@/lib/server/registry';
import { registryStatus } from '@/lib/server/queries/status';
import { stateOf } from '@/lib/server/stage-states';
import { recheckChain } from '@/lib/worker/recheck';
import { statesDuty } from '@/lib/worker/states-duty';
import { mine, settled } from '../../support/chain-trouble';
import { driveTo, startDrive, step, type Drive } from '../../support/drive';
import { PEOPLE } from '../../support/people';
import { registeredKey } from '../../support/publish';
import { startScene, type Scene } from '../../support/scene';

const never = new AbortController().signal;

/** A worker's duty that has only just begun: it remembers nothing. */
const round = (scene: Scene) => statesDuty(scene.world, scene.chain).round(never);

async function evidenceOf(scene: Scene, recordId: string): Promise<Evidence> {
  const assembled = await assembleEvidence(scene.world, recordId);
  if (!assembled.ok) throw new Error(assembled.reason);
  return assembled.evidence;
}

/** What the evidence's own proofs prove; throws where there are none, or they do not open. */
function proven(scene: Scene, { state }: Evidence) {
  if (!state) throw new Error('no state');
  const opened = openState(state, scene.test.contract.address);
  if (!opened.ok) throw new Error(opened.fault);
  return opened.state;
}

/** A node that serves blocks, and has forgotten every state. */
function blocksOnly(scene: Scene): ChainReader {
  const forgotten = async (): Promise<never> => {
    throw new ChainUnavailable('refused', 'missing trie node');
  };
  const { chainId, blockNumber, blockByNumber } = chainReader(
    scene.test.chain.rpcUrl,
    scene.test.contract.address,
  );
  const views = { anchorCount: forgotten, anchorAt: forgotten, stageAt: forgotten, roundOf: forgotten };
  return {
    ...{ chainId, blockNumber, blockByNumber, code: forgotten, tenderOf: forgotten, awardAt: forgotten },
    ...views,
  };
}

const states = (scene: Scene) => scene.world.db.stageState.findMany({ orderBy: { stage: 'asc' } });

describe('the storage proofs of closed stages', () => {
  let scene: Scene;
  let tender: Drive;
  let closed: Evidence[];
  beforeAll(async () => {
    scene = await startScene();
    // Anchored long before anything is signed with them.
    for (const member of PEOPLE.members) await registeredKey(scene, member);
    await scene.until(async () => (await scene.world.db.anchor.count()) === 1);
    tender = await driveTo(scene, 'implementation');
    await settled(scene);
    const { filed } = await scene.process(tender.id);
    const before = await evidenceOf(scene, filed[0]!.id);
    expect(before.stage).not.toBeNull();
    expect(before).not.toHaveProperty('state');
    await round(scene);
    const all = await Promise.all(filed.map(({ id }) => evidenceOf(scene, id)));
    closed = all.filter(({ stage }) => stage !== null);
  });
  afterAll(() => scene.close());

  it('are taken once for each stage, in a block that the chain holds', async () => {
    const rows = await states(scene);
    expect(rows.map((row) => row.stage)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    for (const { blockNumber, blockHash, confirmedAt } of rows) {
      expect(confirmedAt).not.toBeNull();
      expect(await scene.chain.transactions.blockHash(blockNumber)).toBe(blockHash);
    }
    await round(scene);
    expect(await states(scene)).toEqual(rows);
  });

  it('are in the evidence of each record, and prove every word that its steps ask for', async () => {
    const types = new Set(closed.map(({ entry }) => entry.record.type));
    // What the contract itself notes, and is asked of for each.
    for (const type of ['notice', 'bid', 'award-announced'] as const) expect(types).toContain(type);
    expect(new Set(closed.map(({ stage }) => stage?.stage))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]));
    const { address } = scene.test.contract;
    for (const evidence of closed) {
      const { key, stage, round: inRound } = evidence.stage!;
      const row = await scene.world.db.stageClosure.findUniqueOrThrow({
        where: { key_stage_round: { key, stage, round: inRound } },
      });
      const state = proven(scene, evidence);
      for (const slot of slotsOf(evidence, row.anchorIndex)) {
        const word = await scene.test.chain.call('eth_getStorageAt', address, slot, 'latest');
        expect(state.word(slot)).toBe(BigInt(String(word)));
      }
    }
  });

  it('say of anchors and stage what the evidence says', async () => {
    for (const evidence of closed) {
      const ledger = stateReader(proven(scene, evidence));
      const { key, stage, round: inRound, rootHash, count } = evidence.stage!;
      expect(await ledger.stageAt(key, stage, inRound)).toMatchObject({ rootHash, count });
      for (const { anchor } of [evidence, ...evidence.keys]) {
        const { anchorIndex, treeSize, time, rootHash: root } = anchor!;
        expect(await ledger.anchorAt(anchorIndex)).toEqual({ treeSize, time, rootHash: root });
      }
    }
  });

  it('keep every record proven when no node has the state of the contract any more', async () => {
    const registry = descriptorOf(scene.world.env);
    for (const evidence of closed) {
      const asked = { registry, chain: blocksOnly(scene), now: scene.clock.now() };
      const { steps, verdict } = await verifyEvidence({ ...asked, evidence });
      expect([evidence.entry.record.type, verdict.outcome, steps.at(-1)?.code]).toEqual([
        evidence.entry.record.type,
        'proven',
        'state-proven',
      ]);
      const { state: _, ...without } = evidence;
      expect((await verifyEvidence({ ...asked, evidence: without })).verdict.outcome).toBe('unchecked');
    }
  });

  it('reach to the anchor of the key that signed a record, which is an older one than the record’s own', async () => {
    const signed = closed.filter(({ keys }) => keys.length > 0);
    const older = signed.filter(({ anchor, keys }) =>
      keys.some((key) => key.anchor!.anchorIndex < anchor!.anchorIndex),
    );
    expect(older.length).toBeGreaterThanOrEqual(PEOPLE.members.length);
    for (const evidence of older) {
      const ledger = stateReader(proven(scene, evidence));
      for (const { anchor } of evidence.keys)
        expect(await ledger.anchorAt(anchor!.anchorIndex)).toMatchObject({ rootHash: anchor!.rootHash });
    }
  });

  it('have only the nodes that the record needs, in the order of their use, none twice', async () => {
    const rows = await states(scene);
    const sizes = closed.map(({ stage, state }) => {
      expect(new Set(state!.storage).size).toBe(state!.storage.length);
      return [state!.storage.length, rows.find((row) => row.stage === stage!.stage)!.storage.length];
    });
    for (const [own = 0, whole = 0] of sizes) expect(own).toBeLessThanOrEqual(whole);
    expect(sizes.some(([own = 0, whole = 0]) => own < whole)).toBe(true);
  });

  it('are not in the evidence of what is in no closed stage', async () => {
    const key = await scene.world.db.record.findFirstOrThrow({ where: { type: 'signing-key' } });
    expect(CATALOGUE['signing-key'].stage).toBeNull();
    expect(await evidenceOf(scene, key.id)).not.toHaveProperty('state');
    const open = await driveTo(scene, 'publishing');
    await scene.tick();
    const { filed } = await scene.process(open.id);
    await round(scene);
    expect(await evidenceOf(scene, filed.find((f) => f.index !== null)!.id)).not.toHaveProperty('state');
  });

  it('are left out where a file could not hold them', async () => {
    const [evidence] = closed;
    const { db, env } = scene.world;
    expect(await stateOf(db, env.CONTRACT_ADDRESS, evidence!)).toEqual(evidence!.state);
    const salt = evidence!.salt + 'a'.repeat(MAX_EVIDENCE_LENGTH);
    expect(await stateOf(db, env.CONTRACT_ADDRESS, { ...evidence!, salt })).toBeNull();
  });

  it('are left out where what is stored does not prove what the evidence says', async () => {
    const evidence = closed.find(({ stage }) => stage?.stage === 1)!;
    const id = String(evidence.entry.record.id);
    const [before] = await scene.test.sql(`SELECT * FROM stage_states WHERE stage = 1`);
    for (const change of [`storage = storage[2:]`, `account = '{}'`, `header = '\\x00'`]) {
      await scene.test.sql(`UPDATE stage_states SET ${change} WHERE stage = 1`);
      expect(await evidenceOf(scene, id), change).not.toHaveProperty('state');
      const { header, account, storage } = before!;
      const values = [header, account, storage];
      await scene.test.sql(
        `UPDATE stage_states SET header = $1, account = $2, storage = $3 WHERE stage = 1`,
        values,
      );
    }
    expect(await evidenceOf(scene, id)).toEqual(evidence);
  });

  it('are counted for the operator', async () => {
    const part = (await readHealth(scene.world.db)).find((report) => report.part === 'proofs');
    expect(part).toMatchObject({ state: 'ok', code: 'ok', facts: { carried: 7, waiting: 0 } });
    const { text } = await metricsText(await registryStatus(scene.world));
    expect(text).toContain('tenderproof_stage_proofs{status="carried"} 7');
    expect(text).toContain('tenderproof_stage_proofs{status="waiting"} 0');
  });
});

describe('a chain that takes its time, and loses blocks', () => {
  let scene: Scene;
  let tender: Drive;
  const DEEP = 5;
  beforeAll(async () => {
    scene = await startScene();
    tender = await startDrive(scene);
    for (const phase of ['approval', 'publishing', 'open'] as const) await step(scene, tender, phase);
    await scene.until(async () => (await scene.world.db.stageClosure.count()) === 1);
    await settled(scene);
    scene.chain.finality = { rule: 'confirmations', confirmations: DEEP };
  });
  afterAll(() => scene.close());

  const served = async () => {
    const { filed } = await scene.process(tender.id);
    return evidenceOf(scene, filed.find((f) => f.stage === 0)!.id);
  };

  it('shows nothing before its block is final, and then the very same, though the worker died in between', async () => {
    await round(scene);
    const [taken, ...others] = await states(scene);
    expect(others).toEqual([]);
    expect(taken).toMatchObject({ stage: 0, confirmedAt: null });
    expect(await served()).not.toHaveProperty('state');
    await mine(scene, DEEP - 2);
    await round(scene);
    expect(await served()).not.toHaveProperty('state');
    await mine(scene);
    await round(scene);
    const { confirmedAt, ...row } = (await states(scene))[0]!;
    expect({ ...row, confirmedAt: null }).toEqual(taken);
    expect(confirmedAt).not.toBeNull();
    const state = proven(scene, await served());
    expect(state.block).toMatchObject({ number: taken!.blockNumber, hash: taken!.blockHash });
  });

  it('takes it anew when a reorganisation removed its block before it was final', async () => {
    await scene.world.db.stageState.deleteMany();
    const snapshot = await scene.test.chain.call('evm_snapshot');
    await mine(scene, 2);
    await round(scene);
    const [lost] = await states(scene);
    await scene.test.chain.call('evm_revert', snapshot);
    // Others in their place: a block of this number there is again.
    scene.clock.advance(2_000);
    await scene.chain.beforeSend();
    await mine(scene, DEEP + 1);
    expect(await scene.chain.transactions.blockHash(lost!.blockNumber)).not.toBe(lost!.blockHash);
    await round(scene);
    await round(scene);
    const [again] = await states(scene);
    expect(again!.blockNumber).toBeGreaterThan(lost!.blockNumber);
    expect(await served()).not.toHaveProperty('state');
    await mine(scene, DEEP);
    await round(scene);
    const { block } = proven(scene, await served());
    expect(block.hash).toBe(await scene.chain.transactions.blockHash(block.number));
  });

  it('takes back what was final, and is shown no more, when the chain loses that block after all', async () => {
    await scene.world.db.stageState.deleteMany();
    const snapshot = await scene.test.chain.call('evm_snapshot');
    await mine(scene, 2);
    await round(scene);
    await mine(scene, DEEP);
    await round(scene);
    const lost = proven(scene, await served()).block;
    await scene.test.chain.call('evm_revert', snapshot);
    scene.clock.advance(2_000);
    await scene.chain.beforeSend();
    await mine(scene, DEEP + 3);
    const duty = statesDuty(scene.world, scene.chain);
    await duty.round(never);
    expect(await served()).not.toHaveProperty('state');
    await duty.round(never);
    await mine(scene, DEEP);
    await duty.round(never);
    const { block } = proven(scene, await served());
    expect(block.hash).not.toBe(lost.hash);
    expect(block.hash).toBe(await scene.chain.transactions.blockHash(block.number));
  });

  it('does not believe one look at a node that lacks a final block, and two', async () => {
    const { transactions } = scene.chain;
    const blockHash = transactions.blockHash;
    const duty = statesDuty(scene.world, scene.chain);
    transactions.blockHash = async () => null;
    try {
      await duty.round(never);
      expect(await served()).toHaveProperty('state');
      await duty.round(never);
      expect(await served()).not.toHaveProperty('state');
    } finally {
      transactions.blockHash = blockHash;
    }
    await duty.round(never);
    expect(await served()).toHaveProperty('state');
  });

  it('loses it with the closing that it proves, and takes that of the next one', async () => {
    scene.chain.finality = { rule: 'confirmations', confirmations: 1 };
    const snapshot = await scene.test.chain.call('evm_snapshot');
    await step(scene, tender, 'closing');
    await scene.untilPhase(tender.id, 'opening');
    await round(scene);
    const before = await states(scene);
    expect(before.map((row) => row.stage)).toEqual([0, 1, 2]);
    await scene.test.chain.call('evm_revert', snapshot);
    expect(await recheckChain(scene.world, scene.chain)).toBeGreaterThan(0);
    expect((await states(scene)).map((row) => row.stage)).toEqual([0]);
    await scene.untilPhase(tender.id, 'opening');
    await settled(scene);
    await round(scene);
    await round(scene);
    expect((await states(scene)).map((row) => row.stage)).toEqual([0, 1, 2]);
    for (const { blockNumber, blockHash, confirmedAt } of await states(scene)) {
      expect(confirmedAt).not.toBeNull();
      expect(await scene.chain.transactions.blockHash(blockNumber)).toBe(blockHash);
    }
  });
});
