import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Finding, FindingCode, Subject } from '@/lib/audit/finding';
import type { AuditState } from '@/lib/audit/state';
import { signCheckpoint } from '@/lib/merkle/checkpoint';
import { append, EMPTY_LOG } from '@/lib/merkle/append';
import { toHex } from '@/lib/record/hex';
import { canonicalText } from '@/lib/record/jcs';
import { receiptFor } from '@/lib/server/receipt';
import { runMonitor } from '@/lib/worker/monitor';
import { auditDatabase } from '../../support/audit';
import { driveTo, type Drive } from '../../support/drive';
import { PEOPLE } from '../../support/people';
import { startScene, type Scene } from '../../support/scene';
import { backUp, forge, restore } from './backup';
import { auditPublic, serveScene } from './public';

type Named = { code: FindingCode } & Subject;

let scene: Scene;
let done: Drive;
let open: Drive;
/** Published records of the finished tender, in log order. */
let shown: { id: string; index: number; type: string }[];
let size: number;
let publicState: AuditState;

const named = (findings: readonly Finding[]): Named[] =>
  findings.filter((f) => f.severity === 'error').map(({ code, subject }) => ({ code, ...subject }));

const firstOf = (type: string) => shown.find((row) => row.type === type) ?? { id: '', index: -1, type };

/** Runs after which everything that is old was read again. */
const PARTS = 2;

/** A stranger who goes on from the last audit, as the command does: what is new each time, and a part of what is old. */
async function goingOn(): Promise<Named[]> {
  for (let part = 0; part < PARTS; part += 1) {
    const { findings } = await auditPublic(scene, publicState, {
      full: false,
      slice: { part, parts: PARTS },
    });
    if (named(findings).length > 0) return named(findings);
  }
  return [];
}

interface Found {
  stranger: Named[];
  firstTimer: Named[];
  monitor: Named[];
  alarms: string[];
}

/** Both auditors, after something was forged: what a stranger finds, and what the operator is told. */
async function found(): Promise<Found> {
  const stranger = await goingOn();
  const firstTimer = named((await auditPublic(scene)).findings);
  const monitor = named((await runMonitor(scene.world, scene.chain)).findings);
  const rows = await scene.world.db.alarm.findMany({ where: { clearedAt: null } });
  return { stranger, firstTimer, monitor, alarms: rows.map(({ code }) => code) };
}

/** Everybody names it: the stranger with a memory, the one without, and the monitor, which raises an alarm. */
async function everybodyNames(...expected: Named[]): Promise<Found> {
  const all = await found();
  const { stranger, firstTimer, monitor, alarms } = all;
  for (const finding of expected) {
    expect(stranger).toContainEqual(expect.objectContaining(finding));
    expect(firstTimer).toContainEqual(expect.objectContaining(finding));
    expect(monitor).toContainEqual(expect.objectContaining(finding));
    expect(alarms).toContain(finding.code);
  }
  return all;
}

/** More than one full tile of leaves, so that there is a level above them. */
async function fillTile(): Promise<void> {
  const filedAt = new Date(scene.clock.now());
  const covers = Array.from({ length: 600 }, () => ({
    commitment: new Uint8Array(randomBytes(32)),
    filedAt,
  }));
  await scene.world.db.filing.createMany({ data: covers });
  await scene.tick();
}

beforeAll(async () => {
  scene = await startScene();
  serveScene(scene);
  await fillTile();
  open = await driveTo(scene, 'open');
  await backUp(scene.test, 'last_week');
  done = await driveTo(scene, 'implementation');
  await fillTile();
  // Past every promise, with nothing under way.
  scene.clock.advance(600_000);
  await driveTo(scene, 'approval');
  await scene.until(async () => (await scene.tick()).openCalls === 0 && (await idle()));
  await backUp(scene.test, 'today');
  const first = await auditPublic(scene);
  expect(named(first.findings)).toEqual([]);
  expect((await runMonitor(scene.world, scene.chain)).findings).toEqual([]);
  publicState = first.state;
  size = first.state.size;
  const rows = await scene.world.db.record.findMany({ where: { tenderId: done.id } });
  const seen = Object.values(publicState.processes).flatMap(({ records }) => Object.entries(records));
  shown = seen
    .map(([id, index]) => ({ id, index, type: rows.find((row) => row.id === id)?.type ?? '' }))
    .filter(({ type }) => type !== '')
    .toSorted((a, b) => a.index - b.index);
}, 300_000);

const idle = async () => {
  const [filings, anchor] = await Promise.all([
    scene.world.db.filing.count(),
    scene.world.db.anchor.findFirst({ orderBy: { index: 'desc' } }),
  ]);
  return filings === 0 && Number(anchor?.treeSize) === (await scene.world.db.leaf.count());
};

afterAll(() => scene.close());
afterEach(async () => {
  await restore(scene.test, 'today');
  // What was put right is no alarm any more: the next forgery begins from a registry that is whole.
  expect((await runMonitor(scene.world, scene.chain)).findings).toEqual([]);
  expect(await scene.world.db.alarm.count({ where: { clearedAt: null } })).toBe(0);
});

function replaceCheckpoint(treeSize: number, note: string, rootHash: Uint8Array | null): Promise<unknown> {
  const root = rootHash === null ? '' : `, "rootHash" = decode('${toHex(rootHash)}', 'hex')`;
  return forge(
    scene.test,
    `UPDATE log_checkpoints SET note = '${note}'${root} WHERE "treeSize" = ${treeSize}`,
  );
}

describe('with the database superuser’s rights', () => {
  it('an altered record is named', async () => {
    const { id: recordId, index } = firstOf('notice');
    await forge(
      scene.test,
      `UPDATE entries SET text = replace(text, 'north quay', 'south quay') WHERE "recordId" = '${recordId}'`,
    );
    await everybodyNames({ code: 'entry-differs', recordId, index });
  });

  it('an altered salt is named', async () => {
    const { id: recordId, index } = firstOf('contract');
    await forge(
      scene.test,
      `UPDATE entries SET salt = decode('${'ab'.repeat(32)}', 'hex') WHERE "recordId" = '${recordId}'`,
    );
    await everybodyNames({ code: 'entry-differs', recordId, index });
  });

  it('an altered time is named, in the row and in the record', async () => {
    const { id: recordId, index } = firstOf('bid');
    const { time } = await scene.world.db.record.findUniqueOrThrow({ where: { id: recordId } });
    const earlier = new Date(time.getTime() - 86_400_000).toISOString();
    await forge(scene.test, `UPDATE records SET time = '${earlier}' WHERE id = '${recordId}'`);
    await everybodyNames({ code: 'record-row-differs', recordId, index, field: 'time' });
    await forge(
      scene.test,
      `UPDATE entries SET text = replace(text, '${time.toISOString()}', '${earlier}') WHERE "recordId" = '${recordId}'`,
    );
    await everybodyNames({ code: 'entry-differs', recordId, index });
  });

  it.each([
    ['the newest', () => size - 1],
    ['the oldest', () => 0],
    ['a middle', () => Math.floor(size / 2)],
    ['a recorded', () => firstOf('bid').index],
  ])('%s leaf, deleted, is named', async (_which, at) => {
    await forge(scene.test, `DELETE FROM log_leaves WHERE index = ${at()}`);
    await everybodyNames({ code: 'leaf-missing', index: at() });
  });

  it('an altered leaf of the unfinished tile, which is hashed as it is asked for, is named by its range', async () => {
    const index = size - 1;
    await forge(
      scene.test,
      `UPDATE log_leaves SET commitment = decode('${'34'.repeat(32)}', 'hex') WHERE index = ${index}`,
    );
    await everybodyNames({ code: 'checkpoint-root', lastIndex: index });
    const { stranger, firstTimer } = await found();
    const from = firstTimer.find(({ code }) => code === 'checkpoint-root')?.index ?? 0;
    expect(from).toBeGreaterThan(size - 256);
    expect(stranger).toContainEqual(expect.objectContaining({ code: 'log-rewritten', lastIndex: index }));
  });

  it.each([
    ['newest', () => shown.at(-1)],
    ['oldest', () => shown[0]],
    ['middle', () => shown[Math.floor(shown.length / 2)]],
  ])('the %s record, deleted, is named by whoever saw it', async (_which, pick) => {
    const { id: recordId = '', index } = pick() ?? {};
    await forge(
      scene.test,
      `DELETE FROM entries WHERE "recordId" = '${recordId}'; DELETE FROM records WHERE id = '${recordId}'`,
    );
    const { stranger, monitor } = await found();
    for (const findings of [stranger, monitor])
      expect(findings).toContainEqual(expect.objectContaining({ code: 'record-withdrawn', recordId, index }));
  });

  it('a deleted entry without an erasure is named', async () => {
    const { id: recordId, index } = firstOf('score-sheet');
    await forge(scene.test, `DELETE FROM entries WHERE "recordId" = '${recordId}'`);
    await everybodyNames({ code: 'entry-missing', recordId, index });
  });

  it.each([
    ['notice', 'not JSON'],
    ['bid', '{"record":{}}'],
    ['opening-report', '{}'],
  ])('a %s that is no entry any more but %j is named, and hides nothing else', async (type, text) => {
    const { id: recordId, index } = firstOf(type);
    await forge(scene.test, `UPDATE entries SET text = '${text}' WHERE "recordId" = '${recordId}'`);
    const { stranger, firstTimer } = await everybodyNames(
      { code: 'entry-malformed', recordId, index },
      { code: 'entry-differs', recordId, index },
    );
    const records = [...stranger, ...firstTimer].flatMap((finding) => finding.recordId ?? []);
    expect(new Set(records)).toEqual(new Set([recordId]));
  });

  it('rows that hold something else than they should are named, and stop nobody', async () => {
    const [notice, bid] = [firstOf('notice'), firstOf('bid')];
    await forge(
      scene.test,
      `UPDATE entries SET salt = decode('abcdef', 'hex') WHERE "recordId" = '${notice.id}';
       UPDATE records SET promise = '{}', commitment = decode('0123', 'hex') WHERE id = '${bid.id}';
       UPDATE stage_closures SET leaves = '["x", -5, 1.5]', "rootHash" = decode('01', 'hex')
        WHERE stage = 4 AND "tenderId" = '${done.id}';
       UPDATE anchors SET "rootHash" = decode('02', 'hex') WHERE index = 1`,
    );
    await everybodyNames(
      { code: 'entry-missing', recordId: notice.id, index: notice.index },
      { code: 'record-row-differs', recordId: bid.id, field: 'commitment' },
      { code: 'stage-row-differs', stage: 4, field: 'rootHash' },
      { code: 'stage-root', stage: 4, index: -1 },
      { code: 'anchor-row-differs', anchorIndex: 1, field: 'rootHash' },
    );
  });

  it('an erasure that nobody ordered is named', async () => {
    const { id: recordId, index } = firstOf('score-sheet');
    await forge(
      scene.test,
      `DELETE FROM entries WHERE "recordId" = '${recordId}';
       INSERT INTO erasures VALUES ('${recordId}', '${firstOf('notice').id}', now())`,
    );
    await everybodyNames({ code: 'entry-missing', recordId, index });
  });

  it('an erasure whose order was made up is named, and so is the order', async () => {
    const { id: recordId, index } = firstOf('contract');
    const notice = firstOf('notice');
    const orderId = '0199a0b1-0000-7000-8000-000000000002';
    const { commitment } = await scene.world.db.record.findUniqueOrThrow({ where: { id: recordId } });
    const key = await scene.world.db.record.findFirstOrThrow({ where: { type: 'signing-key' } });
    const time = new Date(scene.clock.now() - 3_600_000).toISOString();
    const entry = canonicalText({
      record: {
        ...{ v: 1, id: orderId, type: 'erasure', ocid: done.ocid, time, documents: [], refs: [] },
        actor: { organization: key.organizationId, person: key.personId, role: 'regulator' },
        data: { recordId, commitment: toHex(commitment), reason: 'personal-data', statement: '' },
      },
      signatures: [{ alg: 'ed25519', key: toHex(key.commitment), signature: '00'.repeat(64) }],
    });
    await forge(
      scene.test,
      `INSERT INTO records (id, type, "tenderId", time, commitment, promise, "personId", "organizationId")
         SELECT '${orderId}', 'erasure', "tenderId", '${time}',
                sha256(decode('${'ab'.repeat(32)}', 'hex') || convert_to('${entry}', 'UTF8')), promise, "personId", "organizationId"
           FROM records WHERE id = '${notice.id}';
       INSERT INTO entries ("recordId", text, salt) VALUES ('${orderId}', '${entry}', decode('${'ab'.repeat(32)}', 'hex'));
       DELETE FROM entries WHERE "recordId" = '${recordId}';
       INSERT INTO erasures VALUES ('${recordId}', '${orderId}', now())`,
    );
    await everybodyNames(
      { code: 'record-not-in-log', recordId: orderId },
      { code: 'entry-missing', recordId, index },
    );
  });

  const NOBODY = '00000000-0000-0000-0000-000000000000';
  /** Exchanges two values of a column that must be unique. */
  const exchange = (table: string, column: string, a: string, b: string) =>
    [
      [a, NOBODY],
      [b, a],
      [NOBODY, b],
    ].map(([from, to]) => `UPDATE ${table} SET "${column}" = '${to}' WHERE "${column}" = '${from}';`);

  it.each<[string, (a: string, b: string) => string[], (own: number, other: number) => Partial<Named>]>([
    ['entries', (a, b) => exchange('entries', 'recordId', a, b), (index) => ({ code: 'entry-moved', index })],
    ['rows', (a, b) => exchange('records', 'id', a, b), (_own, index) => ({ code: 'entry-moved', index })],
    [
      'rows with their entries',
      (a, b) => [...exchange('records', 'id', a, b), ...exchange('entries', 'recordId', a, b)],
      (_own, index) => ({ code: 'record-row-differs', field: 'id', index }),
    ],
  ])('two records whose %s were swapped are named, both', async (_what, swap, expected) => {
    const [a, b] = shown.filter(({ type }) => type === 'bid');
    if (!a || !b) throw new Error('Two bids are needed.');
    await forge(scene.test, swap(a.id, b.id).join(' '));
    await everybodyNames(
      { ...expected(a.index, b.index), recordId: a.id } as Named,
      { ...expected(b.index, a.index), recordId: b.id } as Named,
    );
  });

  it('two swapped leaves are named, both', async () => {
    const [a, b] = [firstOf('bid').index, firstOf('contract').index];
    await forge(
      scene.test,
      `UPDATE log_leaves SET index = -1 WHERE index = ${a}; UPDATE log_leaves SET index = ${a} WHERE index = ${b};
       UPDATE log_leaves SET index = ${b} WHERE index = -1`,
    );
    await everybodyNames({ code: 'leaf-differs', index: a }, { code: 'leaf-differs', index: b });
    const { firstTimer } = await found();
    expect(firstTimer.filter(({ code }) => code === 'leaf-differs')).toHaveLength(2);
    expect(firstTimer).toContainEqual(
      expect.objectContaining({ code: 'entry-moved', recordId: firstOf('bid').id }),
    );
  });

  it('an inserted leaf is named', async () => {
    const at = firstOf('bid').index;
    await forge(
      scene.test,
      `UPDATE log_leaves SET index = -index - 2 WHERE index >= ${at}; UPDATE log_leaves SET index = -index - 1 WHERE index < 0;
       INSERT INTO log_leaves (index, commitment) VALUES (${at}, decode('${'cd'.repeat(32)}', 'hex'))`,
    );
    await everybodyNames({ code: 'leaf-differs', index: at });
    expect((await found()).monitor).toContainEqual(
      expect.objectContaining({ code: 'leaf-beyond-checkpoint', index: size }),
    );
  });

  it('an inserted record is named', async () => {
    const { id } = firstOf('notice');
    const recordId = '0199a0b1-0000-7000-8000-000000000001';
    await forge(
      scene.test,
      `INSERT INTO records (id, type, "tenderId", stage, round, time, commitment, promise, "personId", "organizationId")
         SELECT '${recordId}', type, "tenderId", stage, round, time, decode('${'ef'.repeat(32)}', 'hex'), promise, "personId", "organizationId"
           FROM records WHERE id = '${id}';
       INSERT INTO entries ("recordId", text, salt)
         SELECT '${recordId}', replace(text, '${id}', '${recordId}'), salt FROM entries WHERE "recordId" = '${id}'`,
    );
    await everybodyNames({ code: 'record-not-in-log', recordId });
  });

  it.each([
    ['of leaves', 0, 0],
    ['above them', 1, 0],
  ])('a replaced tile %s is named', async (_which, level, tile) => {
    await forge(
      scene.test,
      `UPDATE log_tiles SET data = set_byte(data, 40, get_byte(data, 40) # 1) WHERE level = ${level} AND index = ${tile}`,
    );
    const index = level === 0 ? 1 : 256;
    await everybodyNames({ code: 'tile-differs', level, tile, index });
  });

  it('an outgrown partial tile that was replaced is named by the monitor', async () => {
    const rows = await scene.test.sql(
      'SELECT level, index, min(width) AS width FROM log_tiles GROUP BY 1, 2 HAVING count(*) > 1 LIMIT 1',
    );
    const { level, index, width } = rows[0] as { level: number; index: string; width: number };
    await forge(
      scene.test,
      `UPDATE log_tiles SET data = set_byte(data, 0, get_byte(data, 0) # 1) WHERE level = ${level} AND index = ${index} AND width = ${width}`,
    );
    const expected = { code: 'tile-differs' as const, level, tile: Number(index), field: `width ${width}` };
    expect((await found()).monitor).toContainEqual(expect.objectContaining(expected));
  });

  it('a replaced checkpoint is named', async () => {
    const { test } = scene;
    const rootHash = new Uint8Array(randomBytes(32));
    const checkpoint = { origin: test.env.REGISTRY_ORIGIN, size, rootHash };
    const foreign = signCheckpoint(checkpoint, new Uint8Array(randomBytes(32)));
    await replaceCheckpoint(size, foreign, null);
    await everybodyNames({ code: 'checkpoint-unsigned' });
    const own = signCheckpoint(checkpoint, Buffer.from(test.keys.log, 'hex'));
    await replaceCheckpoint(size, own, rootHash);
    await everybodyNames({ code: 'checkpoint-root', lastIndex: size - 1 });
  });

  it('an older checkpoint that was replaced is named', async () => {
    const { world, test } = scene;
    const anchor = await world.db.anchor.findFirstOrThrow({ where: { index: 1 } });
    const rootHash = new Uint8Array(randomBytes(32));
    const note = signCheckpoint(
      { origin: test.env.REGISTRY_ORIGIN, size: Number(anchor.treeSize), rootHash },
      Buffer.from(test.keys.log, 'hex'),
    );
    await replaceCheckpoint(Number(anchor.treeSize), note, rootHash);
    await everybodyNames({ code: 'anchor-checkpoint', anchorIndex: 1 });
    const { monitor } = await found();
    expect(monitor).toContainEqual(
      expect.objectContaining({
        code: 'checkpoint-row-differs',
        size: Number(anchor.treeSize),
        field: 'root',
      }),
    );
  });

  it('a replaced anchor row is named', async () => {
    await forge(
      scene.test,
      `UPDATE anchors SET "rootHash" = decode('${'12'.repeat(32)}', 'hex') WHERE index = 1`,
    );
    await everybodyNames({ code: 'anchor-row-differs', anchorIndex: 1, field: 'rootHash' });
    await forge(scene.test, `UPDATE anchors SET time = time - interval '1 day' WHERE index = 2`);
    await everybodyNames({ code: 'anchor-row-differs', anchorIndex: 2, field: 'time' });
  });

  it('a stage whose list was changed is named', async () => {
    const { index } = firstOf('bid');
    await forge(
      scene.test,
      `UPDATE stage_closures SET leaves = (SELECT jsonb_agg(x) FROM jsonb_array_elements(leaves::jsonb) x WHERE x::int <> ${index})
        WHERE stage = 2 AND "tenderId" = '${done.id}'`,
    );
    const at = { stage: 2, round: 0 };
    await everybodyNames(
      { code: 'stage-count', ...at },
      { code: 'stage-root', ...at },
      { code: 'record-not-in-stage', ...at, recordId: firstOf('bid').id, index },
    );
  });

  it('a log rewritten by its own key, with all tiles and the checkpoint, is named by the chain', async () => {
    const { world, test } = scene;
    const at = firstOf('bid').index;
    const leaves = await world.db.leaf.findMany({ orderBy: { index: 'asc' } });
    const commitments = leaves.map(({ commitment }) => commitment);
    commitments[at] = new Uint8Array(randomBytes(32));
    const { state, rootHash, fullTiles, partialTiles } = append(EMPTY_LOG, commitments);
    const note = signCheckpoint(
      { origin: test.env.REGISTRY_ORIGIN, size: state.size, rootHash },
      Buffer.from(test.keys.log, 'hex'),
    );
    const tiles = [...fullTiles, ...partialTiles].map(
      ({ level, index, width, bytes }) =>
        `INSERT INTO log_tiles VALUES (${level}, ${index}, ${width}, decode('${toHex(bytes)}', 'hex'));`,
    );
    await forge(
      test,
      `DELETE FROM log_tiles; ${tiles.join(' ')} DELETE FROM log_checkpoints WHERE "treeSize" > ${size - 1};
       INSERT INTO log_checkpoints VALUES (${size}, decode('${toHex(rootHash)}', 'hex'), '${note}', now());
       UPDATE log_leaves SET commitment = decode('${toHex(commitments[at])}', 'hex') WHERE index = ${at}`,
    );
    const anchors = await world.db.anchor.findMany({ orderBy: { index: 'asc' } });
    const first = anchors.findIndex(({ treeSize }) => Number(treeSize) > at);
    const index = Number(anchors[first - 1]?.treeSize ?? 0);
    const lastIndex = Number(anchors[first]?.treeSize) - 1;
    await everybodyNames({ code: 'anchor-root', anchorIndex: first, index, lastIndex });
    const { stranger } = await found();
    expect(stranger).toContainEqual(expect.objectContaining({ code: 'log-rewritten' }));
  });

  it('last week’s backup, put back, is named', async () => {
    await restore(scene.test, 'last_week');
    const old = await scene.world.db.leaf.count();
    const { stranger, firstTimer, monitor } = await found();
    for (const findings of [stranger, firstTimer, monitor])
      expect(findings).toContainEqual(
        expect.objectContaining({ code: 'log-behind-anchor', index: old, lastIndex: size - 1 }),
      );
    expect(stranger).toContainEqual(expect.objectContaining({ code: 'log-shrank' }));
    expect(firstTimer.map(({ code }) => code)).toContain('process-missing');
    expect(open.ocid).not.toBe(done.ocid);
  });
});

describe('receipts', () => {
  it('are redeemed, and broken ones are proof', async () => {
    const bid = firstOf('bid');
    const tenderer =
      PEOPLE.tenderers.find((_, i) => done.bids[i]?.receipt.recordId === bid.id) ?? PEOPLE.tenderers[0]!;
    const receipt = await receiptFor(scene.world, bid.id, tenderer);
    const receipts = [{ name: 'bid.json', text: JSON.stringify(receipt) }];
    expect((await auditPublic(scene, null, { receipts })).findings).toEqual([]);
    // The leaf is gone: the very promise that it would be there is the proof.
    await forge(
      scene.test,
      `UPDATE log_leaves SET commitment = decode('${'77'.repeat(32)}', 'hex') WHERE index = ${bid.index};
      UPDATE log_tiles SET data = overlay(data PLACING sha256(decode('00${'77'.repeat(32)}', 'hex')) FROM ${(bid.index % 256) * 32 + 1} FOR 32)
       WHERE level = 0 AND index = ${Math.floor(bid.index / 256)} AND width > ${bid.index % 256}`,
    );
    const broken = named((await auditPublic(scene, null, { receipts })).findings);
    expect(broken).toContainEqual(expect.objectContaining({ code: 'promise-broken', recordId: bid.id }));
    const altered = { ...receipt, promise: { ...receipt?.promise, anchoredBy: '2020-01-01T00:00:00.000Z' } };
    await restore(scene.test, 'today');
    const { findings, clean } = await auditPublic(scene, null, {
      receipts: [{ name: 'altered.json', text: JSON.stringify(altered) }],
    });
    expect(clean).toBe(true);
    expect(findings).toMatchObject([
      { code: 'receipt-invalid', subject: { recordId: bid.id, field: 'signature' } },
    ]);
  });
});

describe('an audit that goes on where it ended', () => {
  it('hashes only what is new, and reads all again when the new part does not fit', async () => {
    const again = await auditPublic(scene, publicState, { full: false });
    expect(again).toMatchObject({ clean: true, counts: { leaves: size, hashed: 0, processes: 0 } });
    const database = await auditDatabase(scene.world, scene.chain, publicState);
    expect(database.counts.hashed).toBe(size);
  });
});
