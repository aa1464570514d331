import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChain, type EmbeddedChain } from '@/lib/server/embedded/chain';
import { stopPid } from '@/lib/server/embedded/processes';
import { startReaper } from '@/lib/server/embedded/reaper';
import { readHealth, type Part } from '@/lib/server/health';
import { fileCover, logHead } from '@/lib/server/log-store';
import { runWorker } from '@/lib/worker/run';
import { anchorsAgree, extensions, growLog, lastExtension, settled } from '../../support/chain-trouble';
import { startScene, type Scene } from '../../support/scene';

interface Line {
  msg: string;
  what?: string;
}

describe('a running worker whose chain is killed and comes back older', () => {
  let scene: Scene;
  let folder: string;
  let again: EmbeddedChain | undefined;
  const reaper = startReaper();
  const lines: Line[] = [];
  const holder = globalThis as { tenderproofLogger?: unknown };
  const stopping = new AbortController();
  let running: Promise<void>;

  beforeAll(async () => {
    scene = await startScene();
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tenderproof-chain-'));
    const write = (chunk: Buffer, _encoding: string, done: () => void) => {
      lines.push(JSON.parse(chunk.toString()) as Line);
      done();
    };
    holder.tenderproofLogger = pino({ level: 'info' }, new Writable({ write }));
    scene.clock.run();
    const { world, chain } = scene;
    await new Promise<void>((resolve) => {
      running = runWorker({ world, chain, signal: stopping.signal, onElected: resolve });
    });
  });
  afterAll(async () => {
    stopping.abort();
    await running;
    delete holder.tenderproofLogger;
    await again?.stop();
    reaper.close();
    await scene.close();
    await fs.rm(folder, { recursive: true, force: true });
  });

  const file = () => fileCover(scene.world.db, scene.clock.now());
  const logSize = async () => (await logHead(scene.world.db))?.size ?? 0;
  const anchors = () => scene.world.db.anchor.count();
  const code = async (part: Part) => (await readHealth(scene.world.db)).find((r) => r.part === part)?.code;
  const told = (msg: string) => lines.filter((l) => l.msg.includes(msg) && l.what === 'chain').length;

  async function anchorOne(): Promise<void> {
    const before = await anchors();
    await file();
    await expect.poll(anchors, { timeout: 20_000 }).toBe(before + 1);
  }

  it('reports every part that it looks after', async () => {
    await anchorOne();
    for (const part of ['sequencer', 'anchorer', 'chain', 'balance', 'clock'] as const)
      await expect.poll(() => code(part), { timeout: 15_000 }).toBe('ok');
  }, 60_000);

  it('files and sequences while the chain is away, and tells of it once', async () => {
    const packed = String(await scene.test.chain.call('anvil_dumpState'));
    const state = await promisify(gunzip)(Buffer.from(packed.slice(2), 'hex'));
    await fs.writeFile(path.join(folder, 'state.json'), state);
    // These blocks are lost with the chain.
    await anchorOne();
    await anchorOne();
    await stopPid(scene.test.chain.pid, 'SIGKILL');
    const before = await logSize();
    const filedAt = performance.now();
    await file();
    await expect.poll(logSize, { interval: 20 }).toBe(before + 1);
    expect(performance.now() - filedAt).toBeLessThan(1000);
    await expect.poll(() => code('chain'), { timeout: 20_000 }).toBe('away');
    await new Promise((resolve) => setTimeout(resolve, 5000));
    expect(told('will try again')).toBe(1);
    expect(await code('sequencer')).toBe('ok');
  }, 90_000);

  it('sends what was lost again, the very same bytes, and tells that it goes on', async () => {
    const before = await extensions(scene);
    again = await startChain({ folder, port: scene.test.chain.port, genesisTime: 0, reaper });
    expect(again.rpcUrl).toBe(scene.test.chain.rpcUrl);
    expect(await scene.chain.ledger.anchorCount()).toBeLessThan(before.length);
    await expect.poll(() => anchorsAgree(scene), { timeout: 40_000, interval: 200 }).toBe(true);
    const newest = async () => (await scene.chain.ledger.latestAnchor())?.anchor.treeSize;
    await expect.poll(newest, { timeout: 30_000 }).toBe(await logSize());
    const final = before.filter((c) => c.status === 'final').map((c) => c.raw);
    expect((await extensions(scene)).slice(0, final.length).map((c) => c.raw)).toEqual(final);
    await expect.poll(() => code('chain'), { timeout: 20_000 }).toBe('ok');
    expect(told('will try again')).toBe(1);
    expect(told('goes on')).toBe(1);
  }, 120_000);
});

describe('a clock that is set back an hour', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(() => scene.close());

  it('does not make the next anchor wait an hour', async () => {
    await growLog(scene);
    await settled(scene);
    const { clock } = scene.world;
    const before = (await lastExtension(scene)).id;
    scene.world.clock = { now: () => clock.now() - 3_600_000 };
    try {
      await growLog(scene);
      await growLog(scene);
    } finally {
      scene.world.clock = clock;
    }
    const all = await extensions(scene);
    expect(all).toHaveLength(2);
    const after = all.find((c) => c.id !== before);
    expect(after?.status).not.toBe('failed');
    await settled(scene);
    expect(await anchorsAgree(scene)).toBe(true);
  });
});
