import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '@/lib/record/hex';
import { processKey } from '@/lib/record/stage-key';
import { connectTransactions } from '@/lib/server/chain/transactions';
import { anchorsAgree, extensions, growLog, mine, settled } from '../../support/chain-trouble';
import { startDrive, step } from '../../support/drive';
import { startScene, type Scene } from '../../support/scene';
import { encodeExtendBidsDue } from '@/lib/server/chain/calls';
import { finalHeight } from '@/lib/worker/finality';

/** Deeper than the embedded chain's `finalized` tag lies below its head. */
const DEEP = 70;

describe('on a chain that takes its time to be sure of a block', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene({ env: { CHAIN_FINALITY: 'finalized', ANCHOR_INTERVAL_SECONDS: '10' } });
  });
  afterAll(() => scene.close());

  const statuses = async () => (await extensions(scene)).map((call) => call.status);

  it('anchors go on at their interval, each from where the last ended, and count once the chain says final', async () => {
    for (let i = 0; i < 3; i += 1) {
      await growLog(scene);
      await scene.tick();
      scene.clock.advance(11_000);
    }
    expect(await statuses()).toEqual(['sent', 'sent', 'sent']);
    expect(await scene.world.db.anchor.count()).toBe(0);
    expect(await scene.chain.ledger.anchorCount()).toBe(3);
    await mine(scene, DEEP);
    await scene.tick();
    expect(await statuses()).toEqual(['final', 'final', 'final']);
    expect(await anchorsAgree(scene)).toBe(true);
  });

  it('one that is not mined is not overtaken', async () => {
    await scene.test.chain.call('evm_setAutomine', false);
    await growLog(scene);
    scene.clock.advance(11_000);
    await growLog(scene);
    expect((await statuses()).filter((s) => s === 'sent')).toHaveLength(1);
    await scene.test.chain.call('evm_setAutomine', true);
    await mine(scene);
    await scene.tick();
    await scene.tick();
    expect((await statuses()).filter((s) => s === 'sent')).toHaveLength(2);
    await mine(scene, DEEP);
    await settled(scene);
    expect(await anchorsAgree(scene)).toBe(true);
  });

  it('a reorganisation before that returns an anchor to the node, and it is mined again', async () => {
    await growLog(scene);
    scene.clock.advance(11_000);
    const snapshot = await scene.test.chain.call('evm_snapshot');
    await growLog(scene);
    await scene.tick();
    const call = (await extensions(scene)).at(-1)!;
    expect(call).toMatchObject({ status: 'sent', blockNumber: expect.any(Number) });
    await scene.test.chain.call('evm_revert', snapshot);
    await mine(scene);
    await scene.tick();
    await scene.tick();
    const again = (await extensions(scene)).at(-1)!;
    expect(again).toMatchObject({ id: call.id, hash: call.hash, status: 'sent' });
    expect(again.blockNumber).toBeGreaterThan(call.blockNumber ?? 0);
    await mine(scene, DEEP);
    await settled(scene);
    expect(await anchorsAgree(scene)).toBe(true);
  });

  it('a stage closes against a final anchor only', async () => {
    const tender = await startDrive(scene);
    await step(scene, tender, 'approval');
    await step(scene, tender, 'publishing');
    // Rounds, and so many blocks after each that everything mined in it is final.
    const closure = () => scene.world.db.stageClosure.findFirst({ where: { tenderId: tender.id } });
    for (let i = 0; i < 40 && (await closure()) === null; i += 1) {
      await scene.tick();
      await mine(scene, DEEP);
      scene.clock.advance(1000);
    }
    const stage = await closure();
    if (!stage) throw new Error('Planning did not close');
    const anchor = await scene.world.db.anchor.findUniqueOrThrow({ where: { index: stage.anchorIndex } });
    expect(anchor.blockNumber).toBeLessThanOrEqual(stage.blockNumber - 64);
  });
});

describe('which block is final', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene({ history: true });
    await mine(scene, DEEP);
  });
  afterAll(() => scene.close());

  const head = async () => (await scene.chain.ledger.latestBlock()).number;
  const by = (rule: Scene['chain']['finality']['rule'], tagged?: () => Promise<number | null>) => ({
    ...scene.chain,
    finality: { rule, confirmations: 12 },
    transactions: { ...scene.chain.transactions, ...(tagged ? { finalizedBlock: tagged } : {}) },
    memory: { ...scene.chain.memory },
  });

  it('is told by the chain where it has the tag, and counted where it has none', async () => {
    const number = await head();
    expect(await finalHeight(by('auto'), number)).toBe(number - 64);
    expect(await finalHeight(by('finalized'), number)).toBe(number - 64);
    expect(await finalHeight(by('confirmations'), number)).toBe(number - 11);
    const without = async () => null;
    expect(await finalHeight(by('auto', without), number)).toBe(number - 11);
    expect(await finalHeight(by('confirmations', without), number)).toBe(number - 11);
    await expect(finalHeight(by('finalized', without), number)).rejects.toThrow(/CHAIN_FINALITY=confirm/);
  });

  it('is not counted once the chain has told it, though a node forgets', async () => {
    let tagged: number | null = 5;
    const chain = by('auto', async () => tagged);
    expect(await finalHeight(chain, 80)).toBe(5);
    tagged = null;
    await expect(finalHeight(chain, 80)).rejects.toThrow(/knows no finalized block/);
  });

  it.each([
    ['finalized block not found', null],
    ['Unknown block', null],
    ["'finalized' tag not supported on pre-merge network", null],
    ['invalid argument 0: hex string without 0x prefix', null],
    ['too many requests', 'rpc-failed'],
  ])('is asked of a node that answers "%s"', async (message, code) => {
    const node = createServer((request, response) => {
      let text = '';
      request.on('data', (piece: Buffer) => (text += piece.toString()));
      request.on('end', () => {
        const { id } = JSON.parse(text) as { id: number };
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32000, message } }));
      });
    });
    await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve));
    const { port } = node.address() as AddressInfo;
    const transactions = connectTransactions({ rpcUrl: `http://127.0.0.1:${port}`, chainId: 1 });
    try {
      const asked = transactions.finalizedBlock();
      if (code === null) expect(await asked).toBeNull();
      else await expect(asked).rejects.toMatchObject({ code });
    } finally {
      transactions.close();
      node.close();
      node.closeAllConnections();
    }
  });

  it('is the one whose state is believed: a due time that was moved since is not', async () => {
    scene.chain.finality = { rule: 'finalized', confirmations: 1 };
    const tender = await startDrive(scene);
    await step(scene, tender, 'approval');
    await step(scene, tender, 'publishing');
    const { db } = scene.world;
    const call = () => db.chainCall.findFirst({ where: { tenderId: tender.id, method: 'openTender' } });
    await scene.until(async () => (await call())?.blockNumber != null);
    const key = toHex(processKey(tender.ocid));
    const before = (await scene.chain.ledger.tenderOf(key))!.bidsDue;
    await extendBidsDue(key, before + 3600);
    expect((await scene.chain.ledger.tenderOf(key))!.bidsDue).toBe(before + 3600);
    // Just as many blocks that the publication is final, and the extension is not.
    await mine(scene, (await call())!.blockNumber! + 64 - (await head()));
    await scene.tick();
    const opening = await db.chainOpening.findUniqueOrThrow({ where: { tenderId: tender.id } });
    expect(opening.bidsDue.getTime()).toBe(before * 1000);
  });

  async function extendBidsDue(key: string, newDue: number): Promise<void> {
    const { transactions, keys, ledger, beforeSend } = scene.chain;
    const { address, privateKey } = keys.registrar;
    const data = encodeExtendBidsDue({ process: key, newDue, amendment: 'ab'.repeat(32) });
    await beforeSend();
    const nonce = await transactions.pendingNonce(address);
    const { raw, hash } = await transactions.signCall({ privateKey, to: ledger.address, data, nonce });
    await transactions.broadcast(raw);
    await expect.poll(async () => typeof (await transactions.outcome(hash))).toBe('object');
  }
});
