import { randomUUID } from 'node:crypto';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginUpload, continueUpload, ownPartial } from '@/lib/server/tus-uploads';
import { removeExpired, UNUSED_FOR } from '@/lib/server/expired-uploads';
import { bids, plainBid, sealBid, uploadEnvelope } from '../../support/bids';
import { driveTo } from '../../support/drive';
import { PEOPLE, type Person } from '../../support/people';
import { newTender, upload, type TenderRef } from '../../support/publish';
import { startScene, type Scene } from '../../support/scene';

const [first, second] = PEOPLE.tenderers as [Person, Person, Person];
const HOUR = 3_600_000;

describe('uploads that nobody uses', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(() => scene.close());

  const rows = async (tender: TenderRef) => {
    const found = await scene.world.db.upload.findMany({ where: { tenderId: tender.id, usedBy: null } });
    return found.map(({ name, kind }) => `${kind} ${name}`).sort();
  };
  const stored = async () => {
    const all = await readdir(scene.test.env.STORAGE_DIR, { recursive: true, withFileTypes: true });
    return all.filter((entry) => entry.isFile()).length;
  };
  const begin = async (tender: TenderRef, actor: Person, length: number) => {
    const headers = { 'tus-resumable': '1.0.0', 'upload-length': String(length) };
    const request = new Request('http://localhost:3000/api/v1/envelopes/tus', { method: 'POST', headers });
    const begun = await beginUpload({ world: scene.world, actor, request }, tender.id);
    if (!(begun instanceof Response)) throw new Error(begun.code);
    return begun.headers.get('location')?.split('/').at(-1) ?? '';
  };
  const send = async (actor: Person, id: string, body: Uint8Array<ArrayBuffer>) => {
    const headers = {
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
    };
    const request = new Request(`http://localhost:3000/api/v1/envelopes/tus/${id}`, {
      method: 'PATCH',
      headers,
      body,
    });
    const partial = await ownPartial({ world: scene.world, actor }, id);
    if (!partial) throw new Error('There is none');
    const answer = await continueUpload({ world: scene.world, actor, request }, partial);
    return answer instanceof Response ? answer.status : answer.code;
  };

  it('go after seven days, and nothing that is used or may be', async () => {
    const draft = await newTender(scene);
    await upload(scene, draft, PEOPLE.officer, 'Plans of a draft');
    const decided = await driveTo(scene, 'evaluation');
    await upload(scene, decided, PEOPLE.approver, 'Award to come');
    const open = await driveTo(scene, 'open');
    await upload(scene, open, PEOPLE.officer, 'Left over');
    const filed = await bids(scene, open, first, plainBid('900'));
    const unfiled = await sealBid(scene, open, second, plainBid('901'));
    await uploadEnvelope(scene, open, unfiled);
    const used = await scene.world.db.upload.count({ where: { usedBy: { not: null } } });

    scene.clock.advance(UNUSED_FOR);
    expect(await removeExpired(scene.world)).toEqual({ uploads: 0, files: 0 });
    const before = await stored();
    scene.clock.advance(1);
    expect(await removeExpired(scene.world)).toEqual({ uploads: 2, files: 0 });
    expect(await stored()).toBe(before - 2);
    expect(await rows(draft)).toEqual(['document Plans of a draft.txt']);
    expect(await rows(decided)).toEqual(['document Award to come.txt']);
    expect(await rows(open)).toEqual([]);
    expect(await scene.world.db.upload.count({ where: { usedBy: { not: null } } })).toBe(used);
    expect(await scene.world.db.upload.count({ where: { sha256: filed.envelope } })).toBe(1);
    expect(await removeExpired(scene.world)).toEqual({ uploads: 0, files: 0 });
  });

  it('go too when they were begun only, and their notes when they were finished', async () => {
    const open = await driveTo(scene, 'open');
    const sealed = await sealBid(scene, open, first, plainBid('900'));
    const bytes = new Uint8Array(sealed.bytes);
    const old = await begin(open, first, bytes.length);
    expect(await send(first, old, bytes.slice(0, 100))).toBe(204);
    const done = await begin(open, first, bytes.length);
    expect(await send(first, done, bytes)).toBe(200);
    scene.clock.advance(60_000);
    const young = await begin(open, second, 5000);

    scene.clock.advance(UNUSED_FOR - 59_000);
    // Bytes and state of the one that was begun; of the finished one its note, and its row as every other's.
    expect(await removeExpired(scene.world)).toEqual({ uploads: 1, files: 3 });
    expect(await ownPartial({ world: scene.world, actor: first }, old)).toBeNull();
    expect(await ownPartial({ world: scene.world, actor: first }, done)).toBeNull();
    expect(await ownPartial({ world: scene.world, actor: second }, young)).toMatchObject({ offset: 0 });
  });

  it('and what a killed process left behind', async () => {
    const folder = path.join(scene.test.env.STORAGE_DIR, 'incoming');
    await mkdir(folder, { recursive: true });
    const [stale, fresh] = [path.join(folder, randomUUID()), path.join(folder, randomUUID())];
    for (const file of [stale, fresh]) await writeFile(file, 'half an envelope');
    const ago = (milliseconds: number) => new Date(scene.clock.now() - milliseconds);
    await utimes(stale, ago(UNUSED_FOR + HOUR), ago(UNUSED_FOR + HOUR));
    await utimes(fresh, ago(UNUSED_FOR - HOUR), ago(UNUSED_FOR - HOUR));
    await removeExpired(scene.world);
    expect(await readdir(folder)).toEqual([path.basename(fresh)]);
  });
});
