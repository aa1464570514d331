import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chainReader } from '@/lib/browser/verify/chain-reader';
import { MAX_EVIDENCE_LENGTH, type Evidence } from '@/lib/evidence/format';
import { stateReader } from '@/lib/evidence/state-reader';
import { slotsOf } from '@/lib/evidence/state-slots';
import { verifyEvidence } from '@/lib/evidence/verify';
import { CATALOGUE } from '@/lib/record/catalogue';
import { readHealth } from '@/lib/server/health';
import { metricsText } from '@/lib/server/metrics';
import { registryStatus } from '@/lib/server/queries/status';
import { registryDescriptor } from '@/lib/server/registry';
import { stateOf } from '@/lib/server/stage-states';
import { startChangedNode } from '../../support/changed-node';
import { settled } from '../../support/chain-trouble';
import { driveTo, type Drive } from '../../support/drive';
import { PEOPLE } from '../../support/people';
import { registeredKey } from '../../support/publish';
import { startScene, type Scene } from '../../support/scene';
import { evidenceOf, proven, stateRound, storedStates } from '../../support/states';

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
    await stateRound(scene);
    const all = await Promise.all(filed.map(({ id }) => evidenceOf(scene, id)));
    closed = all.filter(({ stage }) => stage !== null);
  });
  afterAll(() => scene.close());

  it('are taken once for each stage, in a block that the chain holds', async () => {
    const rows = await storedStates(scene);
    expect(rows.map((row) => row.stage)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    for (const { blockNumber, blockHash, confirmedAt } of rows) {
      expect(confirmedAt).not.toBeNull();
      expect(await scene.chain.transactions.blockHash(blockNumber)).toBe(blockHash);
    }
    await stateRound(scene);
    expect(await storedStates(scene)).toEqual(rows);
  });

  it('are in the evidence of each record, and prove every word that its steps ask for', async () => {
    const types = new Set(closed.map(({ entry }) => entry.record.type));
    // What the contract itself notes, and is asked of for each.
    for (const type of ['notice', 'bid', 'award-announced'] as const) expect(types).toContain(type);
    expect(new Set(closed.map(({ stage }) => stage?.stage))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]));
    const { address } = scene.test.contract;
    for (const evidence of closed) {
      const { key, stage, round } = evidence.stage!;
      const row = await scene.world.db.stageClosure.findUniqueOrThrow({
        where: { key_stage_round: { key, stage, round } },
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
      const { key, stage, round, rootHash, count } = evidence.stage!;
      expect(await ledger.stageAt(key, stage, round)).toMatchObject({ rootHash, count });
      for (const { anchor } of [evidence, ...evidence.keys]) {
        const { anchorIndex, treeSize, time, rootHash: root } = anchor!;
        expect(await ledger.anchorAt(anchorIndex)).toEqual({ treeSize, time, rootHash: root });
      }
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
    const rows = await storedStates(scene);
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
    await stateRound(scene);
    expect(await evidenceOf(scene, filed.find((f) => f.index !== null)!.id)).not.toHaveProperty('state');
  });

  it('prove each record without a node that knows the state, and name the block to compare without any', async () => {
    const { rpcUrl: _rpcUrl, embedded: _embedded, ...registry } = registryDescriptor();
    const { address } = scene.test.contract;
    const headers = await startChangedNode(scene.test.chain.rpcUrl);
    headers.change = (method, answer) =>
      ['eth_call', 'eth_getCode', 'eth_getStorageAt', 'eth_getProof'].includes(method)
        ? { error: { code: -32000, message: 'missing trie node' } }
        : answer;
    const ways = [
      [chainReader(scene.test.chain.rpcUrl, address), 'proven', 'state-proven'],
      [chainReader(headers.url, address), 'proven', 'state-proven'],
      [null, 'unchecked', 'state-block-to-compare'],
    ] as const;
    try {
      for (const [chain, outcome, code] of ways) {
        for (const evidence of closed) {
          const now = scene.clock.now();
          const { verdict, steps } = await verifyEvidence({ evidence, registry, chain, now });
          expect([verdict.outcome, steps.at(-1)?.code], evidence.entry.record.type).toEqual([outcome, code]);
        }
      }
    } finally {
      await headers.close();
    }
    expect(headers.asked).toContain('eth_getBlockByNumber');
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
