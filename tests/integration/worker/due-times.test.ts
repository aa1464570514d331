import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileCover, logHead } from '@/lib/server/log-store';
import { anchorsAgree, extensions, settled } from '../../support/chain-trouble';
import { startDrive, step, type Drive } from '../../support/drive';
import { tenderer } from '../../support/people';
import { newTender, registeredKey, type TenderRef } from '../../support/publish';
import { startScene, type Scene } from '../../support/scene';

const QUIET = 30_000;

describe('anchors around a due time', () => {
  let scene: Scene;
  let tender: Drive;
  let due: number;
  beforeAll(async () => {
    scene = await startScene({ env: { ANCHOR_QUIET_SECONDS: '30' } });
    tender = await startDrive(scene);
    for (const phase of ['approval', 'publishing', 'open'] as const) await step(scene, tender, phase);
    due = Date.parse((await scene.process(tender.id)).chain.opening!.bidsDue);
    await settled(scene);
    // From now on none is made for the interval's sake.
    scene.world.env = { ...scene.world.env, ANCHOR_INTERVAL_SECONDS: 86_400 };
  });
  afterAll(() => scene.close());

  const count = async () => (await extensions(scene)).length;
  const size = async () => (await logHead(scene.world.db))?.size ?? 0;
  const rounds = async (n: number, apart: number) => {
    for (let i = 0; i < n; i += 1) {
      await scene.tick();
      scene.clock.advance(apart);
    }
  };

  it('one is made just before the quiet, though the interval has not passed, and only one', async () => {
    const [before, leaves] = [await count(), await size()];
    scene.clock.set(due - QUIET - 20_000);
    await fileCover(scene.world.db, scene.clock.now());
    await rounds(3, 1000);
    expect(await count()).toBe(before);
    scene.clock.set(due - QUIET - 5_500);
    await rounds(8, 500);
    expect(await count()).toBe(before + 1);
    // No cover was filed for its sake.
    expect(await size()).toBe(leaves + 1);
  });

  it('none is made in the quiet, and the first after it holds all that was filed before it', async () => {
    const before = await count();
    scene.clock.set(due - QUIET + 1000);
    await fileCover(scene.world.db, scene.clock.now());
    await rounds(5, 4000);
    expect(await count()).toBe(before);
    scene.clock.set(due + 500);
    const leaves = await size();
    await rounds(4, 1000);
    const after = await extensions(scene);
    expect(after).toHaveLength(before + 1);
    const first = await scene.chain.ledger.firstAnchorFrom(due / 1000);
    expect(first?.anchor.treeSize).toBe(leaves);
    expect(await anchorsAgree(scene)).toBe(true);
  });
});

describe('due times that follow each other within the quiet', () => {
  const AFTER = [0, 100, 200];
  let scene: Scene;
  let due: number;
  const tenders: TenderRef[] = [];
  beforeAll(async () => {
    scene = await startScene({ env: { ANCHOR_QUIET_SECONDS: '120' } });
    due = Math.ceil(scene.clock.now() / 1000) * 1000 + 400_000;
    for (const after of AFTER) {
      const bidsDue = new Date(due + after * 1000).toISOString();
      const tender = { ...(await newTender(scene, { bidsDue })), bids: [] };
      for (const phase of ['approval', 'publishing', 'open'] as const) await step(scene, tender, phase);
      tenders.push(tender);
    }
    await settled(scene);
  });
  afterAll(() => scene.close());

  it('hold no anchor back for longer than every receipt promises, and each gets its own', async () => {
    scene.clock.set(due - 130_000);
    const filed: { commitment: string; at: number }[] = [];
    let n = 0;
    while (scene.clock.now() < due + 260_000) {
      const at = scene.clock.now();
      if (n % 5 === 0) filed.push({ commitment: await registeredKey(scene, tenderer(1000 + n)), at });
      n += 1;
      await scene.tick();
      scene.clock.advance(2_000);
    }
    await settled(scene);
    const anchors = await scene.world.db.anchor.findMany({ orderBy: { index: 'asc' } });
    for (const { commitment, at } of filed) {
      const bytes = Buffer.from(commitment, 'hex');
      const leaf = await scene.world.db.leaf.findFirstOrThrow({ where: { commitment: bytes } });
      const record = await scene.world.db.record.findUniqueOrThrow({ where: { commitment: bytes } });
      const { anchoredBy } = record.promise as { anchoredBy: string };
      expect(Date.parse(anchoredBy)).toBe(at + (2 * 2 + 120 + 60) * 1000);
      const anchor = anchors.find((a) => a.treeSize > leaf.index);
      expect(anchor?.time.getTime()).toBeLessThanOrEqual(Date.parse(anchoredBy));
    }
    const times = anchors.map((a) => a.time.getTime());
    // One due time alone is given the whole quiet.
    expect(times.filter((t) => t >= due - 120_000 && t < due)).toEqual([]);
    for (const [i, after] of AFTER.entries()) {
      const end = due + (AFTER[i + 1] ?? Infinity) * 1000;
      expect(times.some((t) => t >= due + after * 1000 && t < end - 30_000)).toBe(true);
    }
    expect(await anchorsAgree(scene)).toBe(true);
  });
});
