import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectChain } from '@/lib/server/chain-world';
import { buildLevels, consistencyProof, rootOf } from '@/lib/merkle/tree';
import { leafHash } from '@/lib/merkle/hash';
import { toHex } from '@/lib/record/hex';
import { ledgerInterface } from '@/lib/server/chain/artifact';
import { ChainError } from '@/lib/server/chain/chain-error';
import { guardChain } from '@/lib/worker/chain-guard';
import { encodeExtendLog } from '@/lib/server/chain/calls';
import { fileCover, logHead } from '@/lib/server/log-store';
import { readHealth, reportHealth } from '@/lib/server/health';
import { balanceHealth } from '@/lib/worker/balance-health';
import { anchorerHealth, chainHealth, chainTrouble, sequencerHealth } from '@/lib/worker/chain-health';
import { sequence } from '@/lib/worker/sequencer';
import {
  anchorsAgree,
  attempts,
  extensions,
  growLog,
  lastExtension,
  settled,
} from '../../support/chain-trouble';
import { step } from '../../support/drive';
import { newTender } from '../../support/publish';
import { startScene, type Scene } from '../../support/scene';

const ETHER = 10n ** 18n;
const FEE_CAP = 500n * 10n ** 9n;

interface Extension {
  oldSize: bigint;
  newSize: bigint;
  root: string;
  proof: string[];
}

function decoded(data: string): Extension {
  const values = ledgerInterface.decodeFunctionData('extendLog', data).toArray(true) as unknown[];
  const [oldSize, newSize, root, proof] = values as [bigint, bigint, string, string[]];
  return { oldSize, newSize, root, proof };
}

const encoded = ({ oldSize, newSize, root, proof }: Extension) =>
  ledgerInterface.encodeFunctionData('extendLog', [oldSize, newSize, root, proof]);

/** With another last digit. */
const flipped = (hex: string) => `${hex.slice(0, -1)}${hex.endsWith('0') ? '1' : '0'}`;

type Damage = (
  data: string,
  values: unknown[],
  facts: { leaves: number[] },
) => { data?: string; facts?: { leaves: number[] } };

const withValue = (values: unknown[], at: number, value: unknown) => ({
  data: ledgerInterface.encodeFunctionData('closeStage', values.with(at, value)),
});

/** Key, stage, root, count and anchor of a closing in turn; then the list of its leaves. */
const damagedStages: [string, Damage][] = [
  ['another process', (_, values) => withValue(values, 0, flipped(String(values[0])))],
  ['another stage', (_, values) => withValue(values, 1, 1)],
  ['another root', (_, values) => withValue(values, 2, flipped(String(values[2])))],
  ['another count', (_, values) => withValue(values, 3, Number(values[3]) + 1)],
  ['a count beyond all counting', (_, values) => withValue(values, 3, 2n ** 64n - 1n)],
  ['an anchor that there is not', (_, values) => withValue(values, 4, 9_999)],
  ['an anchor beyond all counting', (_, values) => withValue(values, 4, 2n ** 256n - 1n)],
  ['an anchor too small for it', (_, values) => withValue(values, 4, 0)],
  ['data that is cut off', (data) => ({ data: data.slice(0, -2) })],
  [
    'other leaves',
    (_data, _values, facts) => ({
      facts: { ...facts, leaves: facts.leaves.map((index) => (index === 0 ? 1 : index - 1)) },
    }),
  ],
  ['a leaf too few', (_data, _values, facts) => ({ facts: { ...facts, leaves: facts.leaves.slice(1) } })],
];

/** With a proof that says it has 255 nodes; its length stands after the selector and the four words of the head. */
const lengthened = (data: string) => `${data.slice(0, 10 + 5 * 64 - 2)}ff${data.slice(10 + 5 * 64)}`;

const hex = (wei: bigint) => `0x${wei.toString(16)}`;

describe('a chain that is not ours', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
    await growLog(scene);
    await settled(scene);
  });
  afterAll(() => scene.close());
  afterEach(() => scene.clock.advance(10_000));

  const nonces = () =>
    Promise.all(
      Object.values(scene.chain.keys).map(({ address }) => scene.chain.transactions.pendingNonce(address)),
    );

  /** Rounds with something new to anchor. @returns what the last one found wrong with the chain */
  async function roundsWithNews() {
    // As after the half minute for which a look is good.
    scene.chain.memory.checkedAt = null;
    const before = (await logHead(scene.world.db))?.size ?? 0;
    scene.errors.length = 0;
    await growLog(scene);
    scene.clock.advance(5000);
    expect((await scene.tick()).openCalls).toBe(-1);
    // Filing goes on.
    expect((await logHead(scene.world.db))?.size).toBeGreaterThan(before);
    const found = scene.errors.at(-1)?.error;
    const [chain] = await chainHealth(scene.world, scene.chain, found);
    expect(chain).toMatchObject({ part: 'chain', state: 'down', code: chainTrouble(found) });
    return chain?.code;
  }

  it('is told by its number, and gets nothing', async () => {
    const before = await nonces();
    await scene.test.chain.call('anvil_setChainId', 4242);
    expect(await roundsWithNews()).toBe('wrong-chain');
    await scene.test.chain.call('anvil_setChainId', scene.test.env.CHAIN_ID);
    expect(await nonces()).toEqual(before);
    await settled(scene);
  });

  it('is told by the contract’s code, and gets nothing', async () => {
    const { address } = scene.chain.ledger;
    const code = await scene.test.chain.call('eth_getCode', address, 'latest');
    const before = await nonces();
    for (const other of ['0x', '0x6001600101']) {
      await scene.test.chain.call('anvil_setCode', address, other);
      expect(await roundsWithNews()).toBe('wrong-contract');
    }
    expect(await nonces()).toEqual(before);
    await scene.test.chain.call('anvil_setCode', address, code);
    await settled(scene);
  });

  it('is told when it is away', async () => {
    const nowhere = connectChain({ ...scene.test.env, CHAIN_RPC_URL: 'http://127.0.0.1:9' });
    try {
      expect(await chainHealth(scene.world, nowhere, null)).toEqual([
        { part: 'chain', state: 'down', code: 'away', facts: {} },
      ]);
    } finally {
      nowhere.close();
    }
  });

  /** Each argument of an anchor in turn, wrong or not even one; the proof is of several nodes. */
  const altered: [string, (parts: Extension) => string][] = [
    ['another new root', ({ root, ...p }) => encoded({ ...p, root: flipped(root) })],
    ['an empty root', (p) => encoded({ ...p, root: `0x${'0'.repeat(64)}` })],
    ['a larger size than the log has', (p) => encoded({ ...p, newSize: p.newSize + 1n })],
    ['a smaller new size', (p) => encoded({ ...p, newSize: p.newSize - 1n })],
    ['a size beyond all counting', (p) => encoded({ ...p, newSize: 2n ** 64n - 1n })],
    ['another old size', (p) => encoded({ ...p, oldSize: p.oldSize - 1n })],
    ['sizes in the wrong order', (p) => encoded({ ...p, oldSize: p.newSize, newSize: p.oldSize })],
    [
      'a proof with a damaged node',
      ({ proof: [first = '', ...rest], ...p }) => encoded({ ...p, proof: [flipped(first), ...rest] }),
    ],
    ['a proof that lacks a node', (p) => encoded({ ...p, proof: p.proof.slice(1) })],
    ['a proof with a node too many', (p) => encoded({ ...p, proof: [...p.proof, p.root] })],
    ['a proof in another order', (p) => encoded({ ...p, proof: p.proof.toReversed() })],
    ['no proof', (p) => encoded({ ...p, proof: [] })],
    ['data that is cut off', (p) => encoded(p).slice(0, -64)],
    ['data with something behind it', (p) => `${encoded(p)}00`],
    ['a proof longer than its data', (p) => lengthened(encoded(p))],
    ['another function', (p) => `0x00000000${encoded(p).slice(10)}`],
    ['nothing', () => '0x'],
  ];

  it.each(altered)('gets no anchor with %s', async (_what, alter) => {
    scene.chain.feeCap = 1n;
    // The oldest leaves are in trees of their own: a proof from here to there has more than one node.
    while ((await chainSize()) % 4 !== 3) await oneMoreAnchored();
    await fileCover(scene.world.db, scene.clock.now());
    await growLog(scene);
    const written = await lastExtension(scene);
    expect(written.status).toBe('pending');
    scene.chain.feeCap = FEE_CAP;
    const before = await nonces();
    const data = alter(decoded(written.data));
    expect(data).not.toBe(written.data);
    await scene.world.db.chainCall.update({ where: { id: written.id }, data: { data } });
    await scene.tick();
    const stopped = await lastExtension(scene);
    expect(stopped).toMatchObject({ id: written.id, status: 'failed', hash: null });
    expect(stopped.error).toMatch(/^proof-wrong: /);
    expect(await attempts(scene, stopped)).toEqual([]);
    expect(await nonces()).toEqual(before);
    expect(await anchorerHealth(scene.world)).toMatchObject({ state: 'down', code: 'proof-wrong' });
    // Written anew from the log, it goes.
    scene.clock.advance(16_000);
    await scene.until(async () => (await lastExtension(scene)).status === 'final');
    expect((await lastExtension(scene)).id).toBe(written.id);
    expect((await anchorerHealth(scene.world)).code).toBe('ok');
  });

  const chainSize = async () => (await scene.chain.ledger.latestAnchor())?.anchor.treeSize ?? 0;

  async function oneMoreAnchored(): Promise<void> {
    scene.chain.feeCap = FEE_CAP;
    await growLog(scene);
    await settled(scene);
    scene.clock.advance(3_000);
    scene.chain.feeCap = 1n;
  }

  it('gets no stage that is not what the log has for it', async () => {
    // Each damage waits until a failed call is tried again: bids must not be due before the last.
    const bidsDue = new Date(scene.clock.now() + 3_600_000).toISOString();
    const tender = { ...(await newTender(scene, { bidsDue })), bids: [] };
    for (const phase of ['approval', 'publishing'] as const) await step(scene, tender, phase);
    const find = () =>
      scene.world.db.chainCall.findFirst({ where: { tenderId: tender.id, method: 'closeStage' } });
    // Held back once it is written, until it has been damaged.
    const held = async () => {
      const call = await find();
      scene.chain.feeCap = (await scene.phase(tender.id)) === 'open' ? 1n : FEE_CAP;
      return call?.status === 'pending';
    };
    const before = await nonces();
    for (const [what, alter] of damagedStages) {
      await scene.until(held);
      const call = (await find())!;
      const values = ledgerInterface.decodeFunctionData('closeStage', call.data).toArray() as unknown[];
      const facts = call.facts as { leaves: number[] };
      const damaged = alter(call.data, values, facts);
      expect(damaged, what).not.toEqual({});
      await scene.world.db.chainCall.update({ where: { id: call.id }, data: damaged });
      scene.chain.feeCap = FEE_CAP;
      await scene.tick();
      const error = expect.stringMatching(/^proof-wrong: /);
      expect(await find(), what).toMatchObject({ id: call.id, status: 'failed', hash: null, error });
      scene.chain.feeCap = 1n;
      scene.clock.advance(16_000);
    }
    scene.chain.feeCap = FEE_CAP;
    await scene.until(async () => (await find())?.status === 'final');
    const [anchorer, registrar] = await nonces();
    // The publication, and this one closing.
    expect([anchorer! >= before[0]!, registrar]).toEqual([true, before[1]! + 2]);
  });

  it('warns days before an account is empty', async () => {
    const { address } = scene.chain.keys.anchorer;
    const balance = async (wei: bigint) => {
      await scene.test.chain.call('anvil_setBalance', address, hex(wei));
      return (await chainHealth(scene.world, scene.chain, null)).find((r) => r.part === 'balance');
    };
    const rich = await balance(ETHER);
    expect(rich).toMatchObject({ state: 'ok', code: 'ok' });
    const days = Number(rich?.facts?.days);
    expect(days).toBeGreaterThan(7);
    // What lasts three days at the present rate.
    const three = (ETHER * 3n) / BigInt(days);
    const low = await balance(three + three / 10n);
    expect(low).toMatchObject({ state: 'warning', code: 'low', facts: { days: 3, address } });
    expect(await balance(0n)).toMatchObject({ state: 'down', code: 'empty', facts: { address } });
    await reportHealth(scene.world.db, low!, scene.clock.now());
    expect((await readHealth(scene.world.db)).map((r) => r.code)).toContain('low');
    await balance(ETHER);
  });

  it.each(['anchorer', 'registrar'] as const)(
    'warns days before the account of the %s is empty though it sent nothing for a week',
    async (role) => {
      const { keys } = scene.chain;
      const { address } = keys[role];
      const later = { ...scene.world, clock: { now: () => scene.clock.now() + 8 * 86_400_000 } };
      const sent = { role, createdAt: { gt: new Date(later.clock.now() - 7 * 86_400_000) } };
      expect(await scene.world.db.chainCall.count({ where: sent })).toBe(0);
      const fund = (account: string, wei: bigint) =>
        scene.test.chain.call('anvil_setBalance', account, hex(wei));
      const balance = async (wei: bigint) => {
        await fund(address, wei);
        return balanceHealth(later, scene.chain);
      };
      // The worse of the two is told.
      await fund(keys[role === 'anchorer' ? 'registrar' : 'anchorer'].address, 10n ** 6n * ETHER);
      const rich = await balance(ETHER);
      expect(rich).toMatchObject({ state: 'ok', code: 'ok', facts: { role } });
      const three = (ETHER * 3n) / BigInt(Number(rich.facts?.days));
      const low = { state: 'warning', code: 'low', facts: { days: 3, address, role } };
      expect(await balance(three + three / 10n)).toMatchObject(low);
      // Not even one call could be paid in advance.
      expect(await balance(three / 1000n)).toMatchObject({ state: 'down', code: 'empty', facts: { role } });
      await fund(address, 10n ** 6n * ETHER);
    },
  );

  it('is slow when its head is old, and ours is ahead when even a new head is', async () => {
    await growLog(scene);
    await settled(scene);
    const elsewhere = { ...scene.world, env: { ...scene.world.env, CHAIN_ID: 1 } };
    const codes = async () =>
      (await chainHealth(elsewhere, scene.chain, null)).map((r) => `${r.part} ${r.code}`);
    expect(await codes()).toEqual(['chain ok', 'balance ok', 'clock ok']);
    scene.clock.advance(200_000);
    expect(await codes()).toContain('chain slow');
    // The embedded chain makes a block when there is something to put into it.
    expect((await chainHealth(scene.world, scene.chain, null))[0]?.code).toBe('ok');
    scene.clock.advance(200_000);
    await scene.test.chain.call('evm_mine');
    expect(await codes()).toEqual(['chain ok', 'balance ok', 'clock clock-ahead']);
  });

  it('leaves the log waiting, which is told as late', async () => {
    expect((await anchorerHealth(scene.world)).code).toBe('ok');
    await fileCover(scene.world.db, scene.clock.now());
    await sequence(scene.world);
    scene.clock.advance(10_000);
    const late = { state: 'warning', code: 'late', facts: { waiting: 1, seconds: 10 } };
    expect(await anchorerHealth(scene.world)).toMatchObject(late);
    await fileCover(scene.world.db, scene.clock.now());
    scene.clock.advance(10_000);
    expect(await sequencerHealth(scene.world)).toMatchObject(late);
    await scene.tick();
    await settled(scene);
    expect((await sequencerHealth(scene.world)).code).toBe('ok');
    expect((await anchorerHealth(scene.world)).code).toBe('ok');
  });

  it('tells that our clock is behind its own', async () => {
    const clock = async () =>
      (await chainHealth(scene.world, scene.chain, null)).find((r) => r.part === 'clock')?.code;
    expect(await clock()).toBe('ok');
    const snapshot = await scene.test.chain.call('evm_snapshot');
    await scene.test.chain.call('evm_setNextBlockTimestamp', Math.floor(scene.clock.now() / 1000) + 3600);
    await scene.test.chain.call('evm_mine');
    expect(await clock()).toBe('clock-behind');
    await scene.test.chain.call('evm_revert', snapshot);
    expect(await clock()).toBe('ok');
  });

  it('is told by an anchor that is not of our log, and gets nothing', async () => {
    const { transactions, keys, ledger } = scene.chain;
    const { address, privateKey } = keys.anchorer;
    // As when the database is an old copy: the chain goes on from our log with a commitment that we do not have.
    const oldSize = (await ledger.latestAnchor())!.anchor.treeSize;
    const rows = await scene.world.db.leaf.findMany({ orderBy: { index: 'asc' }, take: oldSize });
    const levels = buildLevels([...rows.map((r) => leafHash(r.commitment)), leafHash(new Uint8Array(32))]);
    const proof = consistencyProof(levels, oldSize).map(toHex);
    const newRoot = toHex(rootOf(levels));
    const data = encodeExtendLog({ oldSize, newSize: oldSize + 1, newRoot, proof });
    const snapshot = await scene.test.chain.call('evm_snapshot');
    const nonce = await transactions.pendingNonce(address);
    await scene.chain.beforeSend();
    const signed = await transactions.signCall({ privateKey, to: ledger.address, data, nonce });
    await transactions.broadcast(signed.raw);
    await expect.poll(async () => (await ledger.latestAnchor())?.anchor.treeSize).toBe(oldSize + 1);
    const before = await nonces();
    const signedCalls = async () => (await extensions(scene)).filter((c) => c.hash !== null).length;
    const calls = await signedCalls();
    // The chain is ahead of our log, and then our log has grown otherwise.
    expect((await chainTroubleNow()).code).toBe('foreign-root');
    for (let i = 0; i < 2; i += 1) expect(await roundsWithNews()).toBe('foreign-root');
    expect(await nonces()).toEqual(before);
    expect(await signedCalls()).toBe(calls);
    await scene.test.chain.call('evm_revert', snapshot);
    await settled(scene);
    expect(await anchorsAgree(scene)).toBe(true);
  });

  async function chainTroubleNow(): Promise<ChainError> {
    scene.chain.memory.checkedAt = null;
    const outcome = await guardChain(scene.world, scene.chain).catch((error: unknown) => error);
    if (outcome instanceof ChainError) return outcome;
    throw new Error('The guard found nothing wrong');
  }
});
