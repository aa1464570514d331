import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeExtendLog, encodeOpenTender } from '@/lib/server/chain/calls';
import { raiseFees } from '@/lib/server/chain/fees';
import { GENESIS, logTree, sha256, startWorld, type World } from './world';

describe('transactions', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.stop());

  const extend = (newSize: number, oldSize = 0) =>
    encodeExtendLog({
      oldSize,
      newSize,
      newRoot: logTree(newSize).root,
      proof: logTree(newSize).consistency(oldSize),
    });
  const to = () => world.deployment.address;

  it('tells a refusal before anything is sent', async () => {
    const from = world.address('stranger');
    expect(await world.transactions.simulate({ from, to: to(), data: extend(3) })).toMatchObject({
      code: 'AccessControlUnauthorizedAccount',
    });
    const open = {
      process: sha256('p'),
      notice: sha256('n'),
      bidsDue: GENESIS,
      standstill: 0,
      keyset: sha256('k'),
    };
    const call = { from: world.address('registrar'), to: to(), data: encodeOpenTender(open) };
    const refusal = await world.transactions.simulate(call);
    expect(refusal).toMatchObject({ code: 'DueTimeNotInFuture', args: { bidsDue: String(GENESIS) } });
    expect(refusal?.message).toContain(String(GENESIS));
    const nonce = await world.transactions.pendingNonce(call.from);
    const signing = world.transactions.signCall({
      privateKey: world.keys.registrar,
      to: to(),
      data: call.data,
      nonce,
    });
    await expect(signing).rejects.toMatchObject({ code: 'refused', refusal: { code: 'DueTimeNotInFuture' } });
  });

  it('simulates at the time of the next block, not of the last', async () => {
    const due = (await world.ledger.latestBlock()).time + 50;
    const open = {
      process: sha256('q'),
      notice: sha256('n'),
      bidsDue: due,
      standstill: 0,
      keyset: sha256('k'),
    };
    const call = { from: world.address('registrar'), to: to(), data: encodeOpenTender(open) };
    expect(await world.transactions.simulate(call)).toBeNull();
    await world.anvil.call('evm_increaseTime', 100);
    expect(await world.transactions.simulate(call)).toMatchObject({ code: 'DueTimeNotInFuture' });
  });

  it('is safe to send the same bytes twice, and to ask by a hash known beforehand', async () => {
    const { transactions, keys } = world;
    const nonce = await transactions.pendingNonce(world.address('anchorer'));
    const call = { privateKey: keys.anchorer, to: to(), data: extend(3), nonce };
    const signed = await transactions.signCall(call);
    const again = await transactions.signCall({ ...call, gasLimit: signed.gasLimit, fees: signed.fees });
    expect(again.raw).toBe(signed.raw);
    expect(await transactions.confirmation(signed.hash, 1)).toBe('dropped');
    await world.anvil.call('evm_setAutomine', false);
    expect(await transactions.broadcast(signed.raw)).toBe('accepted');
    expect(await transactions.broadcast(signed.raw)).toBe('already-known');
    expect(await transactions.confirmation(signed.hash, 1)).toBe('pending');
    expect(await transactions.pendingNonce(signed.from)).toBe(nonce + 1);
    expect(await transactions.minedNonce(signed.from)).toBe(nonce);
    await world.anvil.call('evm_mine');
    expect(await transactions.confirmation(signed.hash, 2)).toBe('pending');
    await world.anvil.call('evm_mine');
    await world.anvil.call('evm_setAutomine', true);
    expect(await transactions.confirmation(signed.hash, 2)).toMatchObject({
      reverted: false,
      anchored: { anchorIndex: 0, treeSize: 3 },
    });
    await expect(transactions.broadcast(signed.raw)).rejects.toMatchObject({ code: 'nonce-used' });
  });

  it('replaces a stuck transaction with raised fees only', async () => {
    const { transactions, keys } = world;
    const nonce = await transactions.pendingNonce(world.address('anchorer'));
    const call = { privateKey: keys.anchorer, to: to(), data: extend(4, 3), nonce };
    const stuck = await transactions.signCall(call);
    await world.anvil.call('evm_setAutomine', false);
    await transactions.broadcast(stuck.raw);
    const same = await transactions.signCall({
      ...call,
      data: extend(5, 3),
      gasLimit: stuck.gasLimit,
      fees: stuck.fees,
    });
    await expect(transactions.broadcast(same.raw)).rejects.toMatchObject({ code: 'fee-too-low' });
    const fees = raiseFees(stuck.fees, await transactions.suggestFees());
    const raised = await transactions.signCall({ ...call, gasLimit: stuck.gasLimit, fees });
    await transactions.broadcast(raised.raw);
    await world.anvil.call('evm_mine');
    await world.anvil.call('evm_setAutomine', true);
    expect(await transactions.confirmation(stuck.hash, 1)).toBe('dropped');
    expect(await transactions.confirmation(raised.hash, 1)).toMatchObject({ reverted: false });
    await expect(transactions.broadcast(stuck.raw)).rejects.toMatchObject({ code: 'nonce-used' });
  });

  it('waits again when a reorganisation takes the block away', async () => {
    const { transactions } = world;
    const snapshot = await world.anvil.call('evm_snapshot');
    const nonce = await transactions.pendingNonce(world.address('anchorer'));
    const call = { privateKey: world.keys.anchorer, to: to(), data: extend(6, 4), nonce };
    const { raw, hash } = await transactions.signCall(call);
    // The chain mines on demand, but answers a broadcast before its block is made.
    const mined = () => expect.poll(() => transactions.confirmation(hash, 1), { timeout: 10_000 });
    await transactions.broadcast(raw);
    await mined().toMatchObject({ reverted: false });
    await world.anvil.call('evm_revert', snapshot);
    expect(await transactions.confirmation(hash, 1)).toBe('dropped');
    await transactions.broadcast(raw);
    await mined().toMatchObject({ reverted: false, anchored: { treeSize: 6 } });
  });

  it('says when the account cannot pay', async () => {
    const { transactions } = world;
    await world.anvil.call('anvil_setBalance', world.address('stranger'), '0x1');
    const nonce = await transactions.pendingNonce(world.address('stranger'));
    const call = { privateKey: world.keys.stranger, to: to(), data: extend(3), nonce, gasLimit: 100_000n };
    const { raw } = await transactions.signCall(call);
    await expect(transactions.broadcast(raw)).rejects.toMatchObject({ code: 'no-funds' });
  });
});
