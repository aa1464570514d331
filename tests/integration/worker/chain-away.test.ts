import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChain, type EmbeddedChain } from '@/lib/server/embedded/chain';
import { stopPid } from '@/lib/server/embedded/processes';
import { startReaper } from '@/lib/server/embedded/reaper';
import { all } from '@/lib/procedure/state';
import { recheckChain } from '@/lib/worker/recheck';
import { bids, plainBid } from '../../support/bids';
import { startDrive, step, type Drive } from '../../support/drive';
import { PEOPLE, type Person } from '../../support/people';
import { newTender, seatCommittee } from '../../support/publish';
import { startScene, type Scene } from '../../support/scene';

const [first, second] = PEOPLE.tenderers as [Person, Person, Person];

describe('while the chain is away', () => {
  let scene: Scene;
  let tender: Drive;
  let folder: string;
  let again: EmbeddedChain | undefined;
  const reaper = startReaper();
  beforeAll(async () => {
    scene = await startScene();
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tenderproof-chain-'));
    tender = await startDrive(scene);
    for (const phase of ['approval', 'publishing', 'open'] as const) await step(scene, tender, phase);
  });
  afterAll(async () => {
    await again?.stop();
    reaper.close();
    await scene.close();
    await fs.rm(folder, { recursive: true, force: true });
  });

  /** Writes the chain's state down and kills its process. */
  async function kill(): Promise<void> {
    const packed = String(await scene.test.chain.call('anvil_dumpState'));
    await fs.writeFile(
      path.join(folder, 'state.json'),
      await promisify(gunzip)(Buffer.from(packed.slice(2), 'hex')),
    );
    await stopPid(scene.test.chain.pid, 'SIGKILL');
  }

  it('filing, sequencing and bidding go on, and all of it catches up, the last bid before the deadline included', async () => {
    const due = Date.parse((await scene.process(tender.id)).chain.opening!.bidsDue);
    await bids(scene, tender, first, plainBid('900'));
    await scene.until(async () => all(await scene.process(tender.id), 'bid')[0]?.anchorIndex != null);
    // Something new in the log just before the chain goes: an anchor is written down and cannot be sent.
    scene.clock.set(due - 30_000);
    const other = await newTender(scene);
    await kill();
    await seatCommittee(scene, other);
    const report = await scene.tick();
    expect(report.openCalls).toBe(-1);
    expect(report.sequenced).toBeGreaterThan(0);
    const waiting = await scene.world.db.chainCall.findFirst({
      where: { method: 'extendLog', status: 'pending' },
    });
    expect(waiting).not.toBeNull();
    scene.clock.set(due - 5_000);
    await bids(scene, tender, second, plainBid('1000'));
    expect((await scene.tick()).openCalls).toBe(-1);
    scene.clock.set(due + 1_000);
    await scene.tick();
    expect(await scene.phase(tender.id)).toBe('closing');
    expect(scene.errors.every((e) => e.what === 'chain')).toBe(true);

    again = await startChain({ folder, port: scene.test.chain.port, genesisTime: 0, reaper });
    expect(again.rpcUrl).toBe(scene.test.chain.rpcUrl);
    await scene.untilPhase(tender.id, 'opening');
    const closed = await scene.world.db.stageClosure.findFirstOrThrow({
      where: { tenderId: tender.id, stage: 2 },
    });
    expect(closed.count).toBe(2);
    const anchor = await scene.chain.ledger.firstAnchorFrom(due / 1000);
    expect(closed.anchorIndex).toBe(anchor!.index);
  });

  it('what a killed chain lost is sent again, the very same bytes, and the tender goes on', async () => {
    const calls = () =>
      scene.world.db.chainCall.findMany({ where: { tenderId: tender.id }, orderBy: { id: 'asc' } });
    const state = await fs.readFile(path.join(folder, 'state.json'));
    await again?.save();
    const early = await fs.readFile(path.join(folder, 'state.json'));
    expect(early.equals(state)).toBe(false);
    await step(scene, tender, 'opened');
    await scene.untilPhase(tender.id, 'evaluation');
    const before = await calls();
    await stopPid(again?.pid ?? 0, 'SIGKILL');
    await again?.stop();
    // As after kill -9: the file is older than the last blocks.
    await fs.writeFile(path.join(folder, 'state.json'), early);
    again = await startChain({ folder, port: scene.test.chain.port, genesisTime: 0, reaper });
    const key = createHash('sha256').update(tender.ocid).digest('hex');
    expect(await scene.chain.ledger.stageOf(key, 3)).toBeNull();
    expect(await recheckChain(scene.world, scene.chain)).toBeGreaterThan(0);
    await scene.until(async () => (await calls()).every((c) => c.status === 'final'));
    expect(await scene.chain.ledger.stageOf(key, 3)).not.toBeNull();
    expect((await calls()).map((c) => c.raw)).toEqual(before.map((c) => c.raw));
    expect(await scene.chain.ledger.anchorCount()).toBe(await scene.world.db.anchor.count());
  });
});
