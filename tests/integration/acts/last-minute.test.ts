import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all, openedBids } from '@/lib/procedure/state';
import { performAct } from '@/lib/server/operations/perform-act';
import { plainBid, release, sealBid, submission, uploadEnvelope } from '../../support/bids';
import { driveTo } from '../../support/drive';
import { tenderer } from '../../support/people';
import { startScene, type Scene } from '../../support/scene';

const BIDDERS = 40;
/** How long before the deadline the crowd begins, and over how long it comes, in milliseconds. */
const BEFORE = 6000;
const SPREAD = 8000;

describe('a crowd in the last minute', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(() => scene.close());

  it(
    'is let in until the deadline and not after it; none is lost, and all that were in are opened',
    { timeout: 180_000 },
    async () => {
      const tender = await driveTo(scene, 'open');
      const due = Date.parse((await scene.process(tender.id)).chain.opening!.bidsDue);
      const crowd = Array.from({ length: BIDDERS }, (_, i) => tenderer(200 + i));
      const sealed = await Promise.all(
        crowd.map((who, i) => sealBid(scene, tender, who, plainBid(`${900 + i}`))),
      );

      scene.clock.set(due - BEFORE);
      scene.clock.run();
      let racing = true;
      const worker = (async () => {
        for (; racing; await sleep(20)) await scene.tick();
      })();
      // Each uploads, then files: the envelope alone is no bid.
      const outcomes = await Promise.all(
        sealed.map(async (bid, i) => {
          await sleep((i * SPREAD) / BIDDERS);
          const uploaded = await uploadEnvelope(scene, tender, bid);
          if (!uploaded.ok) return uploaded;
          return performAct(scene.world, bid.tenderer, 'submit-bid', tender.id, submission(bid));
        }),
      );
      racing = false;
      await worker;
      scene.clock.stop();

      const accepted = outcomes.flatMap((o) => (o.ok ? o.receipts.map((r) => r.commitment) : []));
      const refused = outcomes.flatMap((o) => (o.ok ? [] : [o.code]));
      expect(accepted.length).toBeGreaterThan(0);
      expect(refused.length).toBeGreaterThan(0);
      expect(accepted.length + refused.length).toBe(BIDDERS);
      expect([...new Set(refused)]).toEqual(['deadline-passed']);

      await scene.untilPhase(tender.id, 'opening');
      const process = await scene.process(tender.id);
      const filed = all(process, 'bid');
      expect(filed.map((f) => f.commitment).sort()).toEqual(accepted.toSorted());
      for (const bid of filed) expect(Date.parse(bid.time)).toBeLessThan(due);
      const closed = process.chain.closures.find((c) => c.stage === 2);
      expect(closed?.count).toBe(accepted.length);
      // Whoever came too late leaves nothing that the tender still uses.
      const used = await scene.world.db.upload.count({
        where: { tenderId: tender.id, kind: 'envelope', usedBy: { not: null } },
      });
      expect(used).toBe(accepted.length);

      await release(scene, tender);
      await scene.untilPhase(tender.id, 'evaluation');
      const opened = openedBids(await scene.process(tender.id));
      expect(opened.map((o) => o.data.bid).sort()).toEqual(accepted.toSorted());
    },
  );
});
