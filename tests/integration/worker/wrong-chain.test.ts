import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectChain } from '@/lib/server/chain-world';
import { buildLevels, consistencyProof, rootOf } from '@/lib/merkle/tree';
import { leafHash } from '@/lib/merkle/hash';
import { toHex } from '@/lib/record/hex';
import { ChainError } from '@/lib/server/chain/chain-error';
import { guardChain } from '@/lib/worker/chain-guard';
import { encodeExtendLog } from '@/lib/server/chain/calls';
import { fileCover, logHead } from '@/lib/server/log-store';
import { readHealth, reportHealth } from '@/lib/server/health';
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
import { startDrive, step } from '../../support/drive';
import { startScene, type Scene } from '../../support/scene';

const ETHER = 10n ** 18n;
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

  it('gets nothing that the log does not bear out', async () => {
    scene.chain.feeCap = 1n;
    await growLog(scene);
    const written = await lastExtension(scene);
    expect(written.status).toBe('pending');
    scene.chain.feeCap = 500n * 10n ** 9n;
    const before = await nonces();
    // One digit of the new root, as of a damaged database.
    const at = 2 + 8 + 3 * 64 - 1;
    const digit = written.data[at] === '0' ? '1' : '0';
    const data = `${written.data.slice(0, at)}${digit}${written.data.slice(at + 1)}`;
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

  it('gets no stage whose root is not that of its leaves', async () => {
    const tender = await startDrive(scene);
    for (const phase of ['approval', 'publishing'] as const) await step(scene, tender, phase);
    const closing = () =>
      scene.world.db.chainCall.findFirst({ where: { tenderId: tender.id, method: 'closeStage' } });
    const { feeCap } = scene.chain;
    // Held back once it is written, until its list of leaves has been damaged.
    await scene.until(async () => {
      const call = await closing();
      scene.chain.feeCap = (await scene.phase(tender.id)) === 'open' ? 1n : feeCap;
      return call !== null;
    });
    const call = (await closing())!;
    expect(call.status).toBe('pending');
    const facts = call.facts as { leaves: number[] };
    const leaves = facts.leaves.map((index) => (index === 0 ? 1 : index - 1));
    await scene.world.db.chainCall.update({ where: { id: call.id }, data: { facts: { ...facts, leaves } } });
    scene.chain.feeCap = feeCap;
    await scene.tick();
    expect(await closing()).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/^proof-wrong: /),
    });
    await scene.until(async () => (await closing())?.status === 'final');
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
