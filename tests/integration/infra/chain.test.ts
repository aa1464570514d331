import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startChain, type EmbeddedChain } from '@/lib/server/embedded/chain';
import { stopPid } from '@/lib/server/embedded/processes';
import { startReaper, type Reaper } from '@/lib/server/embedded/reaper';
import { temporaryFolder } from '../../harness/temporary-folder';

const day = 24 * 3600;
const account = `0x${'ab'.repeat(20)}`;

interface Block {
  number: string;
  timestamp: string;
  hash: string;
}

describe('the embedded chain', () => {
  let folder: string;
  let remove: () => void;
  let reaper: Reaper;
  let chain: EmbeddedChain | undefined;
  const now = () => Math.floor(Date.now() / 1000);
  const start = async () => {
    chain = await startChain({ folder, port: 0, genesisTime: now() - 200 * day, reaper });
    chain.keep();
    return chain;
  };
  const latest = async (on: EmbeddedChain) =>
    (await on.call('eth_getBlockByNumber', 'latest', false)) as Block;
  const age = async (on: EmbeddedChain) => now() - Number((await latest(on)).timestamp);

  beforeEach(() => {
    ({ folder, remove } = temporaryFolder());
    reaper = startReaper();
  });
  afterEach(async () => {
    await chain?.stop();
    reaper.close();
    remove();
  });

  it('begins in the past, moves through it as told, and keeps real time after evm_setTime', async () => {
    const it = await start();
    expect(await age(it)).toBeGreaterThanOrEqual(200 * day - 2);
    await it.call('evm_setNextBlockTimestamp', now() - 100 * day);
    await it.call('evm_mine');
    expect(Math.abs((await age(it)) - 100 * day)).toBeLessThanOrEqual(2);
    await it.call('evm_setTime', now());
    await it.call('evm_mine');
    expect(Math.abs(await age(it))).toBeLessThanOrEqual(2);
  });

  it('keeps blocks by itself, through kill -9, and real time after it', async () => {
    const first = await start();
    await first.call('anvil_setBalance', account, '0x10');
    await first.call('evm_setTime', now());
    for (let i = 0; i < 5; i += 1) await first.call('evm_mine');
    const kept = await latest(first);
    const file = path.join(folder, 'state.json');
    const savedBlock = () =>
      fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')).block.number : null;
    // Within about a second; a busy machine may need longer.
    for (let i = 0; i < 200 && savedBlock() !== kept.number; i += 1) await sleep(50);
    process.kill(first.pid, 'SIGKILL');
    await first.ended;
    await sleep(1_500);
    const second = await start();
    expect((await latest(second)).hash).toBe(kept.hash);
    expect(await second.call('eth_getBalance', account, 'latest')).toBe('0x10');
    await second.call('evm_mine');
    expect(Math.abs(await age(second))).toBeLessThanOrEqual(2);
    expect(Number((await latest(second)).number)).toBe(Number(kept.number) + 1);
  });

  it('loses nothing when stopped in order', async () => {
    const first = await start();
    await first.call('evm_mine');
    await first.call('anvil_setBalance', account, '0x20');
    await first.stop();
    const second = await start();
    expect(await second.call('eth_getBalance', account, 'latest')).toBe('0x20');
  });

  it('never leaves half a state: what was being written is not read', async () => {
    const first = await start();
    await first.call('evm_mine');
    await first.stop();
    fs.writeFileSync(path.join(folder, 'state.json.new'), '{"block":{"number":"0x');
    expect(Number((await latest(await start())).number)).toBe(1);
  });

  it('takes another port when the usual one is taken, and ends with its starter', async () => {
    const first = await start();
    const second = await startChain({ folder: null, port: first.port, genesisTime: now(), reaper });
    expect(second.port).not.toBe(first.port);
    // What happens when the starter is killed: its end of the pipe closes.
    reaper.close();
    await Promise.all([first.ended, second.ended]);
    await stopPid(second.pid, 'SIGKILL');
  });
});
