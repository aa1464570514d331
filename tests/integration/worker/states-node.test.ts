import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chainReader } from '@/lib/browser/verify/chain-reader';
import { openState } from '@/lib/evidence/state-proof';
import { witnessOf } from '@/lib/evidence/state-witness';
import { verifyEvidence } from '@/lib/evidence/verify';
import { connectChain, type ChainWorld } from '@/lib/server/chain-world';
import { startChain } from '@/lib/server/embedded/chain';
import { startReaper } from '@/lib/server/embedded/reaper';
import { readHealth } from '@/lib/server/health';
import { registryDescriptor } from '@/lib/server/registry';
import { statesDuty } from '@/lib/worker/states-duty';
import { startChangedNode, type Answer, type Change, type ChangedNode } from '../../support/changed-node';
import { settled } from '../../support/chain-trouble';
import { startDrive, step, type Drive } from '../../support/drive';
import { startScene, type Scene } from '../../support/scene';
import { evidenceOf, never } from '../../support/states';

const HOUR = 3_600_000;

interface Proof {
  address: string;
  accountProof: string[];
  storageProof: { key: string; value: string; proof: string[] }[];
}

/** Changes what the node says of the storage, and nothing else. */
const inProof =
  (change: (proof: Proof) => Proof): Change =>
  (method, answer) =>
    method === 'eth_getProof' ? { result: change(structuredClone(answer.result) as Proof) } : answer;

const inBlock =
  (change: (block: Record<string, unknown>) => Record<string, unknown>): Change =>
  (method, answer, [, full]) =>
    method === 'eth_getBlockByNumber' && full === false && answer.result
      ? { result: change(answer.result as Record<string, unknown>) }
      : answer;

const asksNewest = (method: string, [first]: readonly unknown[]) =>
  method === 'eth_getBlockByNumber' && first === 'latest';

/** With another last digit. */
const flipped = (hex: string) => `${hex.slice(0, -1)}${hex.endsWith('0') ? '1' : '0'}`;
const lastFlipped = (nodes: string[]) => nodes.with(-1, flipped(nodes.at(-1) ?? ''));

const LIES: [string, Change][] = [
  ['another account', inProof((p) => ({ ...p, accountProof: lastFlipped(p.accountProof) }))],
  [
    'another word in the storage',
    inProof((p) => ({
      ...p,
      storageProof: p.storageProof.map((s) => ({ ...s, proof: lastFlipped(s.proof) })),
    })),
  ],
  [
    'a word without its proof',
    inProof((p) => ({ ...p, storageProof: p.storageProof.map((s) => ({ ...s, proof: [] })) })),
  ],
  ['not all that was asked for', inProof((p) => ({ ...p, storageProof: p.storageProof.slice(0, 3) }))],
  ['the proof of another contract', inProof((p) => ({ ...p, address: `0x${'12'.repeat(20)}` }))],
  ['something else altogether', (method, answer) => (method === 'eth_getProof' ? { result: 'yes' } : answer)],
  ['another root in the header', inBlock((b) => ({ ...b, stateRoot: flipped(String(b.stateRoot)) }))],
  ['another hash of the header', inBlock((b) => ({ ...b, hash: flipped(String(b.hash)) }))],
  ['a header without a field that all have', inBlock(({ logsBloom: _bloom, ...b }) => b)],
  ['a header without a field of a later fork', inBlock(({ withdrawalsRoot: _root, ...b }) => b)],
];

const refused = (message: string, code = -32000): Answer => ({ error: { code, message } });
const declined =
  (answer: Answer | number): Change =>
  (method, real) =>
    method === 'eth_getProof' ? answer : real;

const REFUSALS: [string, Change][] = [
  ['does not know the question', declined(refused('Method not found', -32601))],
  ['has it switched off', declined(refused('the method eth_getProof does not exist/is not available'))],
  ['sells it to others', declined(403)],
  ['answers nothing', declined({ result: null })],
];

describe('a node whose storage proofs are no proofs', () => {
  let scene: Scene;
  let tender: Drive;
  let node: ChangedNode;
  let chain: ChainWorld;
  const lines: { level: number; msg: string }[] = [];
  const holder = globalThis as { tenderproofLogger?: unknown };
  beforeAll(async () => {
    // With the states of older blocks, as for a node that lags.
    scene = await startScene({ history: true });
    tender = await startDrive(scene);
    for (const phase of ['approval', 'publishing', 'open'] as const) await step(scene, tender, phase);
    await scene.until(async () => (await scene.world.db.stageClosure.count()) === 1);
    await settled(scene);
    node = await startChangedNode(scene.test.chain.rpcUrl);
    chain = connectChain({ ...scene.world.env, CHAIN_RPC_URL: node.url });
    const write = (chunk: Buffer, _encoding: string, done: () => void) => {
      lines.push(JSON.parse(chunk.toString()) as (typeof lines)[number]);
      done();
    };
    holder.tenderproofLogger = pino({ level: 'info' }, new Writable({ write }));
  });
  afterAll(async () => {
    delete holder.tenderproofLogger;
    chain.close();
    await node.close();
    await scene.close();
  });
  beforeEach(() => {
    lines.length = 0;
    node.asked.length = 0;
  });
  afterEach(async () => {
    node.change = null;
    await scene.world.db.stageState.deleteMany();
    await scene.world.db.partHealth.deleteMany({ where: { part: 'proofs' } });
  });

  const stored = () => scene.world.db.stageState.count();
  const asked = () => node.asked.filter((method) => method === 'eth_getProof').length;
  const part = async () => (await readHealth(scene.world.db)).find((report) => report.part === 'proofs');
  const evidence = async () => {
    const { filed } = await scene.process(tender.id);
    return evidenceOf(scene, filed.find((f) => f.stage === 0)!.id);
  };

  it.each(LIES)('that gives %s is found out, and nothing of it is stored', async (_name, lie) => {
    node.change = lie;
    await statesDuty(scene.world, chain).round(never);
    expect(asked()).toBe(1);
    expect(await stored()).toBe(0);
    const facts = { carried: 0, waiting: 1, count: 1 };
    expect(await part()).toMatchObject({ state: 'warning', code: 'wrong', facts });
    expect(lines.filter(({ level }) => level === 40)).toHaveLength(1);
  });

  it('that serves a whole other chain, each proof of it sound, is found out by what it lacks', async () => {
    const reaper = startReaper();
    const other = await startChain({ folder: null, port: 0, genesisTime: 1, reaper });
    try {
      // Our contract at its address, before anything was written to it, and as many blocks as ours has.
      const { address } = scene.test.contract;
      await other.call(
        'anvil_setCode',
        address,
        await scene.test.chain.call('eth_getCode', address, 'latest'),
      );
      await other.call('anvil_mine', '0x3e8');
      node.change = async (method, answer, params) =>
        method === 'eth_getProof' || asksNewest(method, params)
          ? { result: await other.call(method, ...params) }
          : answer;
      await statesDuty(scene.world, chain).round(never);
      expect(await stored()).toBe(0);
      expect((await part())?.code).toBe('wrong');
      expect(lines).toMatchObject([{ level: 40, wrong: 'the root of the stage' }]);
    } finally {
      await other.stop();
      reaper.close();
    }
  });

  it.each(REFUSALS)('that %s leaves evidence without, and the status page says so', async (_name, change) => {
    node.change = change;
    await statesDuty(scene.world, chain).round(never);
    expect(await stored()).toBe(0);
    expect(await part()).toMatchObject({ state: 'ok', code: 'not-given', facts: { carried: 0, waiting: 1 } });
    const plain = await evidence();
    expect(plain).not.toHaveProperty('state');
    const { rpcUrl: _rpcUrl, embedded: _embedded, ...registry } = registryDescriptor();
    const reader = chainReader(scene.test.chain.rpcUrl, scene.test.contract.address);
    const { verdict } = await verifyEvidence({
      evidence: plain,
      registry,
      chain: reader,
      now: scene.clock.now(),
    });
    expect(verdict.outcome).toBe('proven');
  });

  it('is asked again after pauses that grow to an hour, is told of once, and is believed once it gives them', async () => {
    let time = 0;
    const duty = statesDuty(scene.world, chain, () => time);
    node.change = declined(refused('Method not found', -32601));
    await duty.round(never);
    await duty.round(never);
    expect(asked()).toBe(1);
    for (let i = 0; i < 20; i += 1) {
      time += HOUR;
      await duty.round(never);
    }
    expect(asked()).toBe(21);
    time += HOUR - 1;
    await duty.round(never);
    expect(asked()).toBe(21);
    expect(lines).toHaveLength(1);
    expect((await part())?.code).toBe('not-given');
    node.change = null;
    time += 1;
    await duty.round(never);
    expect(await part()).toMatchObject({ code: 'ok', facts: { carried: 1, waiting: 0 } });
    expect(await evidence()).toHaveProperty('state');
  });

  it('is asked again for a stage that it lied about, and the lie is forgotten', async () => {
    let time = 0;
    const duty = statesDuty(scene.world, chain, () => time);
    node.change = LIES[0]![1];
    await duty.round(never);
    node.change = null;
    await duty.round(never);
    expect(await stored()).toBe(0);
    expect((await part())?.code).toBe('wrong');
    time += 10_001;
    await duty.round(never);
    expect(await part()).toMatchObject({ state: 'ok', code: 'ok', facts: { carried: 1, waiting: 0 } });
  });

  it('that lags behind the closing is waited for, without blame', async () => {
    const { blockNumber } = await scene.world.db.stageClosure.findFirstOrThrow();
    const older = `0x${(blockNumber - 1).toString(16)}`;
    node.change = async (method, answer, params) =>
      asksNewest(method, params) ? { result: await scene.test.chain.call(method, older, false) } : answer;
    await statesDuty(scene.world, chain).round(never);
    expect(asked()).toBe(1);
    expect(await stored()).toBe(0);
    expect(await part()).toMatchObject({ state: 'ok', code: 'ok', facts: { carried: 0, waiting: 1 } });
    expect(lines).toEqual([]);
  });

  it('that has a newer block each time that it is asked is asked for both anew', async () => {
    let times = 0;
    node.change = (method, answer) => {
      if (method !== 'eth_getProof' || (times += 1) > 2) return answer;
      return refused('BlockOutOfRangeError: block height is 349 but requested was 348', -32602);
    };
    await statesDuty(scene.world, chain).round(never);
    expect(times).toBe(3);
    expect(await stored()).toBe(1);
  });

  it('is asked for many words in several questions, all of one block', async () => {
    const slots = Array.from(
      { length: 450 },
      (_, i) => `0x${(2n ** 200n + BigInt(i)).toString(16).padStart(64, '0')}`,
    );
    const { block, proof } = await chain.ledger.state(slots);
    expect(asked()).toBe(3);
    expect(node.asked.filter((method) => method === 'eth_getBlockByNumber')).toHaveLength(1);
    const taken = witnessOf(block, proof);
    if (!taken.ok) throw new Error(taken.fault);
    const opened = openState(taken.witness, scene.test.contract.address);
    if (!opened.ok) throw new Error(opened.fault);
    expect(slots.map((slot) => opened.state.word(slot))).toEqual(slots.map(() => 0n));
  });
});
