import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Interface } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  bidCommittedAt,
  commitBidData,
  findWallet,
  sendCommitBid,
  type CommitFacts,
  type Wallet,
} from '@/lib/browser/upload/commit-bid';
import { processOf } from '@/lib/demo/acts';
import { startRegistry, type Registry } from './fixture';
import { publish } from './played';

/** An account of nobody in this registry. */
const ACCOUNT = `0x${'b1d'.padStart(40, '0')}`;
const SOMEBODY = `0x${'ab'.padStart(40, '0')}`;

let registry: Registry;
let facts: CommitFacts;
let due: number;

beforeAll(async () => {
  registry = await startRegistry();
  const tender = await publish(registry, 600);
  const { chainId, contract, chain } = await processOf(registry.world, tender.id);
  due = Date.parse(chain.opening?.bidsDue ?? '');
  facts = { chainId, contract, ocid: tender.ocid, envelope: '7e'.repeat(32) };
  for (const account of [ACCOUNT, SOMEBODY]) {
    await registry.test.chain.call('anvil_impersonateAccount', account);
    await registry.test.chain.call('anvil_setBalance', account, '0xde0b6b3a7640000');
  }
});
afterAll(() => registry.stop());

/** A wallet with one account, whose node is this test's chain. */
const wallet = (overrides: Record<string, () => unknown> = {}, account = ACCOUNT): Wallet => ({
  request: async ({ method, params = [] }) => {
    const other = overrides[method];
    if (other) return other();
    if (method === 'eth_requestAccounts') return [account];
    const answer = await registry.test.chain.call(method, ...params);
    if (method === 'eth_sendTransaction') await registry.test.chain.call('evm_mine');
    return answer;
  },
});

const rpcUrl = () => registry.test.env.CHAIN_RPC_URL;
const at = async (milliseconds: number) => {
  await registry.test.chain.call('evm_setNextBlockTimestamp', Math.floor(milliseconds / 1000));
};

describe('commitBid from the browser', () => {
  it('is the call that the contract describes', () => {
    const { abi } = JSON.parse(
      readFileSync(
        path.join(import.meta.dirname, '../../../contracts/artifact/ProcurementLedger.json'),
        'utf8',
      ),
    ) as { abi: string[] };
    const data = commitBidData(facts);
    const parsed = new Interface(abi).parseTransaction({ data });
    expect(parsed?.name).toBe('commitBid');
    expect(parsed?.args[1]).toBe(`0x${facts.envelope}`);
    expect(data).toHaveLength(2 + 8 + 2 * 64);
  });

  it('is noted by the chain, with the first time, by anybody', async () => {
    expect(await bidCommittedAt(rpcUrl(), facts)).toBeNull();
    const first = registry.time.now + 10_000;
    await at(first);
    expect(await sendCommitBid(wallet(), facts)).toMatch(/^0x[0-9a-f]{64}$/);
    expect(await bidCommittedAt(rpcUrl(), facts)).toBe(Math.floor(first / 1000));
    await at(first + 20_000);
    await sendCommitBid(wallet({}, SOMEBODY), facts);
    expect(await bidCommittedAt(rpcUrl(), facts)).toBe(Math.floor(first / 1000));
    expect(await bidCommittedAt(rpcUrl(), { ...facts, envelope: '00'.repeat(31) + '01' })).toBeNull();
    expect(await bidCommittedAt(rpcUrl(), { ...facts, ocid: 'another' })).toBeNull();
  });

  it.each([
    ['another chain', { eth_chainId: () => '0x1' }, 'other-chain'],
    ['no account', { eth_requestAccounts: () => [] }, 'no-account'],
    ['no answer', { eth_requestAccounts: () => null }, 'no-account'],
    ['a person who says no', { eth_requestAccounts: () => Promise.reject(rejection(4001)) }, 'declined'],
    ['a no in the last moment', { eth_sendTransaction: () => Promise.reject(rejection(4001)) }, 'declined'],
    ['a wallet without a node', { eth_sendTransaction: () => Promise.reject(rejection(-32_000)) }, 'failed'],
    ['a wallet that says nothing', { eth_sendTransaction: () => undefined }, 'failed'],
  ])('is not sent with %s', async (_what, overrides, code) => {
    const other = { ...facts, envelope: '9a'.repeat(32) };
    await expect(sendCommitBid(wallet(overrides), other)).rejects.toMatchObject({ code });
    expect(await bidCommittedAt(rpcUrl(), other)).toBeNull();
  });

  it('is refused by the contract when bids are due', async () => {
    const late = { ...facts, envelope: '1a'.repeat(32) };
    await at(due);
    // This wallet asks nobody whether it would succeed: the contract refuses when it is mined.
    const hash = await sendCommitBid(wallet(), late);
    const receipt = await registry.test.chain.call('eth_getTransactionReceipt', hash);
    expect(receipt).toMatchObject({ status: '0x0' });
    expect(await bidCommittedAt(rpcUrl(), late)).toBeNull();
  });

  it('says so when the node is of another chain, or away', async () => {
    await expect(bidCommittedAt(rpcUrl(), { ...facts, chainId: 1 })).rejects.toMatchObject({
      name: 'ChainUnavailable',
    });
    await expect(bidCommittedAt('http://127.0.0.1:9', facts)).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('finds the wallet of the page, if there is one', () => {
    const page = globalThis as { ethereum?: unknown };
    for (const nothing of [undefined, null, {}, { request: 1 }]) {
      page.ethereum = nothing;
      expect(findWallet()).toBeNull();
    }
    const own = wallet();
    page.ethereum = own;
    expect(findWallet()).toBe(own);
    delete page.ethereum;
  });
});

const rejection = (code: number) => Object.assign(new Error('no'), { code });
