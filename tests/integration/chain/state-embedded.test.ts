import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anchorCountSlot } from '@/lib/evidence/ledger-slots';
import { openState } from '@/lib/evidence/state-proof';
import { witnessOf } from '@/lib/evidence/state-witness';
import { startChain, type EmbeddedChain } from '@/lib/server/embedded/chain';
import { deployEmbeddedLedger } from '@/lib/server/embedded/ledger';
import { startReaper } from '@/lib/server/embedded/reaper';
import { newKeys } from '@/tests/harness/world';

const reaper = startReaper();
let folder: string;
let chain: EmbeddedChain;
const start = () => startChain({ folder, port: 0, genesisTime: 1_790_000_000, reaper });

beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tenderproof-state-'));
  chain = await start();
});
afterAll(async () => {
  await chain.stop();
  reaper.close();
  await fs.rm(folder, { recursive: true });
});

/** Whether the newest block gives a witness of this contract; what is at fault, if not. */
async function atNewest(contract: string): Promise<string> {
  const block = (await chain.call('eth_getBlockByNumber', 'latest', false)) as { number: string };
  const slots = [anchorCountSlot()];
  const taken = witnessOf(block, await chain.call('eth_getProof', contract, slots, block.number));
  if (!taken.ok) return taken.fault;
  const opened = openState(taken.witness, contract);
  if (!opened.ok) return opened.fault;
  return opened.state.word(anchorCountSlot()) === 0n ? 'opens' : 'other word';
}

describe('the embedded chain, which keeps the state of the newest block only', () => {
  it('gives storage proofs, also when it was started again from what it had written down', async () => {
    const { address } = await deployEmbeddedLedger(chain.rpcUrl, newKeys(), null);
    expect(await atNewest(address)).toBe('opens');
    await chain.stop();
    chain = await start();
    expect(await atNewest(address)).toBe('opens');
    await chain.call('anvil_mine', '0x3');
    expect(await atNewest(address)).toBe('opens');
  });
});
