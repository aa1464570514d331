import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '@/lib/record/hex';
import { processKey } from '@/lib/record/stage-key';
import { publicAtFiling } from '@/lib/server/disclosed-records';
import { expectDescribed } from '../api/asked';
import { driveTo, startDrive, step } from '../../support/drive';
import { bids, plainBid } from '../../support/bids';
import { PEOPLE } from '../../support/people';
import { startScene, type Scene } from '../../support/scene';
import { get, serveScene } from './public';

interface Processes {
  processes: { key: string; ocid: string; change: string }[];
  next: number | null;
}
interface OneProcess {
  records: { id: string; type: string; entry: string | null }[];
  stages: { stage: number }[];
}

const asked = async <T>(path: string): Promise<T | null> => {
  const bytes = await get(`api/v1/audit/${path}`, Infinity);
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as T);
};

describe('what an auditor is told', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
    serveScene(scene);
  });
  afterAll(() => scene.close());

  const key = (ocid: string) => toHex(processKey(ocid));
  const changeOf = async (ocid: string) =>
    (await asked<Processes>('processes'))?.processes.find((row) => row.ocid === ocid)?.change;

  it('is nothing of a tender that is not published', async () => {
    const draft = await driveTo(scene, 'approval');
    expect(await asked(`processes/${key(draft.ocid)}`)).toBeNull();
    expect(await changeOf(draft.ocid)).toBeUndefined();
  });

  it('is nothing of any bid before the opening, not even that there is one', async () => {
    const tender = await startDrive(scene);
    for (const phase of ['approval', 'publishing', 'open'] as const) await step(scene, tender, phase);
    // Planning closes on its own; nothing else moves while bids come in.
    await scene.until(async () => (await scene.process(tender.id)).chain.closures.length === 1);
    const before = await asked<OneProcess>(`processes/${key(tender.ocid)}`);
    const change = await changeOf(tender.ocid);
    tender.bids.push(await bids(scene, tender, PEOPLE.tenderers[0]!, plainBid('900.25')));
    await scene.tick();
    expect(await asked(`processes/${key(tender.ocid)}`)).toEqual(before);
    expect(await changeOf(tender.ocid)).toBe(change);
    expect(before?.records.map(({ type }) => type)).toContain('notice');
  });

  it('follows the disclosure table to the record, and its answers are as described', async () => {
    const tender = await driveTo(scene, 'announcing');
    const told = await asked<OneProcess>(`processes/${key(tender.ocid)}`);
    const types = new Set(told?.records.map(({ type }) => type));
    expect([...types]).toEqual(expect.arrayContaining(['bid', 'bid-opened', 'opening-report']));
    for (const secret of ['score-sheet', 'ranking', 'award-intended', 'interests-declared'])
      expect([...types]).not.toContain(secret);
    expectDescribed('AuditProcess', told);
    expectDescribed('AuditProcesses', await asked('processes'));
    expectDescribed('AuditAnchors', await asked('anchors'));
    const records = await asked<OneProcess>('registry-records');
    expectDescribed('AuditRecords', records);
    expect(records?.records.length).toBeGreaterThan(0);
    expect(records?.records.every(({ type }) => publicAtFiling(type))).toBe(true);
  });

  it('comes in pages, and refuses what is no page', async () => {
    expect(await asked<Processes>('processes?from=1000')).toEqual({ processes: [], next: null });
    await expect(asked('processes?from=-1')).rejects.toThrow('422');
    await expect(asked('anchors?from=x')).rejects.toThrow('422');
    expect(await asked('anchors?from=9007199254740991')).toEqual({ anchors: [] });
  });
});
