import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audit } from '@/lib/audit/audit';
import { FINDINGS, findingText, type Finding } from '@/lib/audit/finding';
import { auditStateSchema, type AuditState } from '@/lib/audit/state';
import { signCheckpoint } from '@/lib/merkle/checkpoint';
import { leafHash } from '@/lib/merkle/hash';
import { buildLevels, consistencyProof, rootOf } from '@/lib/merkle/tree';
import { verifyConsistency } from '@/lib/merkle/verify-consistency';
import { fromHex, toHex } from '@/lib/record/hex';
import { REGISTRY, sourcesOf, synthetic, commitment, type Synthetic } from './synthetic';

const check = (log: Synthetic, state: AuditState | null = null, full = false) =>
  audit({ sources: sourcesOf(log), registry: REGISTRY, state, full, now: 1_800_000_000_000 });

const sizes = fc.record({
  size: fc.oneof(
    fc.integer({ min: 1, max: 40 }),
    fc.integer({ min: 200, max: 1100 }),
    fc.constantFrom(1, 255, 256, 257, 512),
  ),
  anchors: fc.array(fc.integer({ min: 1, max: 1100 }), { maxLength: 5 }),
});

const flip = (bytes: Uint8Array, at: number) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
const subjects = (findings: readonly Finding[]) =>
  findings.map(({ code, subject }) => ({ code, ...subject }));

describe('the audit of a log', () => {
  it('finds nothing in an honest one, at any size, in any number of steps', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 0, max: 1100 }), async ({ size, anchors }, first) => {
        const before = await check(synthetic(Math.min(first, size), anchors));
        const after = await check(synthetic(size, anchors), before.state);
        expect(after.findings).toEqual([]);
        expect(after.counts.hashed).toBe(size - Math.min(first, size));
        expect(auditStateSchema.parse(JSON.parse(JSON.stringify(after.state)))).toEqual(after.state);
        const atOnce = await check(synthetic(size, anchors));
        expect(atOnce.state).toEqual(after.state);
      }),
      { numRuns: 40 },
    );
  });

  it('names a changed leaf, exactly', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async ({ size, anchors }, at) => {
        const log = synthetic(size, anchors);
        const index = at % size;
        log.leaves[index] = commitment(index, 99);
        expect(subjects((await check(log)).findings)).toEqual([{ code: 'leaf-differs', index }]);
      }),
      { numRuns: 40 },
    );
  });

  it('names a missing leaf, exactly', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async ({ size, anchors }, at) => {
        const log = synthetic(size, anchors);
        log.leaves[at % size] = null;
        expect(subjects((await check(log)).findings)).toEqual([{ code: 'leaf-missing', index: at % size }]);
      }),
      { numRuns: 40 },
    );
  });

  it('names a changed tile, at any level, exactly', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), fc.nat(), async ({ size, anchors }, which, at) => {
        const log = synthetic(size, anchors);
        const [name = '', bytes = new Uint8Array()] = [...log.tiles][which % log.tiles.size] ?? [];
        log.tiles.set(name, flip(bytes, at % bytes.length));
        const [level = 0, tile = 0] = name.split('/').map(Number);
        const place = tile * 256 + Math.floor((at % bytes.length) / 32);
        const { findings } = await check(log);
        expect(subjects(findings)).toEqual([
          expect.objectContaining({ code: 'tile-differs', level, tile, index: place * 256 ** level }),
        ]);
      }),
      { numRuns: 60 },
    );
  });

  it('names leaves that were changed together with their tile', async () => {
    const log = synthetic(700, []);
    log.leaves[300] = commitment(300, 99);
    const tile = log.tiles.get('0/1') ?? new Uint8Array();
    tile.set(leafHash(commitment(300, 99)), (300 - 256) * 32);
    expect(subjects((await check(log)).findings)).toEqual([
      { code: 'subtree-differs', index: 256, lastIndex: 511 },
      { code: 'checkpoint-root', index: 0, lastIndex: 699 },
    ]);
  });

  it('finds every rewriting that the log’s own key signed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 700 }), fc.nat(), async (size, at) => {
        const honest = synthetic(size, [1 + (at % size)]);
        const { state } = await check(honest);
        const forged = { ...synthetic(size, [], 5), anchors: honest.anchors };
        expect((await check(forged)).findings.map(({ code }) => code)).toContain('anchor-root');
        expect((await check(forged, state)).findings.map(({ code }) => code)).toContain('log-rewritten');
        const shorter = { ...synthetic(size - 1, []), anchors: [] };
        expect((await check(shorter, state)).findings.map(({ code }) => code)).toContain('log-shrank');
        const behind = { ...synthetic(Math.max(1, at % size), []), anchors: honest.anchors };
        if (behind.size < (honest.anchors[0]?.treeSize ?? 0))
          expect((await check(behind)).findings.map(({ code }) => code)).toContain('log-behind-anchor');
      }),
      { numRuns: 20 },
    );
  });

  it('does not go on from what it found wrong', async () => {
    const log = synthetic(600, [100, 500]);
    const good = await check(synthetic(300, [100]));
    log.leaves[400] = commitment(400, 99);
    const bad = await check(log, good.state);
    expect(bad.clean).toBe(false);
    expect(bad.state.size).toBeLessThanOrEqual(400);
    expect((await check(log, bad.state)).clean).toBe(false);
    log.leaves[400] = commitment(400);
    expect((await check(log, bad.state)).clean).toBe(true);
  });

  it('believes no key but the pinned one', async () => {
    const log = { ...synthetic(10, [10]), secret: new Uint8Array(32).fill(8) };
    expect(subjects((await check(log)).findings)).toEqual([{ code: 'checkpoint-unsigned' }]);
  });

  it('names an anchor that states another size than its root has, which no consistency proof can tell', async () => {
    const log = synthetic(5, [2]);
    const levels = buildLevels(log.leaves.map((leaf) => leafHash(leaf ?? new Uint8Array())));
    const claim = {
      ...{ first: 2, firstRoot: rootOf(levels, 2), second: 4, secondRoot: rootOf(levels, 3) },
      proof: consistencyProof(levels, 2, 3),
    };
    expect(verifyConsistency(claim)).toEqual({ ok: true });
    log.anchors.push({ treeSize: 4, time: 1_790_000_060, rootHash: toHex(rootOf(levels, 3)) });
    expect(subjects((await check(log)).findings)).toEqual([
      { code: 'anchor-root', anchorIndex: 1, index: 2, lastIndex: 3 },
    ]);
  });

  it.each([2 ** 32, 2 ** 48, Number.MAX_SAFE_INTEGER])(
    'names the first missing leaf of a checkpoint that signs %d of them',
    async (size) => {
      const log = { ...synthetic(300, [300]), size };
      const { findings, state } = await check(log);
      expect(subjects(findings)).toEqual([{ code: 'leaf-missing', index: 300 }]);
      expect(state.size).toBe(0);
    },
  );

  it('goes on where it was interrupted, at any place', async () => {
    const anchors = [100, 700, 1300, 1900];
    const whole = await check(synthetic(2000, anchors));
    for (const last of [0, 1, 3, 5, 6]) {
      const saved: AuditState[] = [];
      const sources = sourcesOf(synthetic(2000, anchors));
      const entries: typeof sources.log.entries = (index, width) =>
        index > last ? Promise.reject(new Error('the network is gone')) : sources.log.entries(index, width);
      const options = { registry: REGISTRY, now: 0, save: (state: AuditState) => void saved.push(state) };
      await expect(
        audit({ ...options, sources: { ...sources, log: { ...sources.log, entries } }, state: null }),
      ).rejects.toThrow('the network is gone');
      const reached = anchors.filter((size) => size <= (last + 1) * 256).at(-1) ?? 0;
      expect(saved.at(-1)?.size ?? 0).toBe(reached);
      const again = await audit({ ...options, sources, state: saved.at(-1) ?? null });
      expect(again.counts.hashed).toBe(2000 - reached);
      expect(again.state).toEqual(whole.state);
    }
  });

  it('tells how far it is, to the end and never back', async () => {
    const told: [string, number, number][] = [];
    const progress = (step: string, done: number, total: number) => void told.push([step, done, total]);
    await audit({
      sources: sourcesOf(synthetic(2000, [])),
      registry: REGISTRY,
      state: null,
      now: 0,
      progress,
    });
    expect(told).toEqual([
      ...[256, 512, 768, 1024, 1280, 1536, 1792, 2000].map((done) => ['log', done, 2000]),
      ['processes', 0, 0],
    ]);
  });

  it('names an anchor that goes back', async () => {
    const log = synthetic(50, [10, 20, 30]);
    const [first, second, third] = log.anchors;
    log.anchors = [first!, third!, second!];
    expect((await check(log)).findings).toContainEqual(
      expect.objectContaining({ code: 'anchor-order', subject: { anchorIndex: 2 } }),
    );
  });

  it('finds a changed old leaf by its slices, in as many runs as there are parts', async () => {
    const log = synthetic(2000, [2000]);
    const { state } = await check(log);
    log.leaves[1000] = commitment(1000, 99);
    expect((await check(log, state)).clean).toBe(true);
    const found: number[] = [];
    for (const part of [0, 1, 2]) {
      const options = {
        sources: sourcesOf(log),
        registry: REGISTRY,
        state,
        now: 0,
        slice: { part, parts: 3 },
      };
      const { findings } = await audit(options);
      if (findings.some(({ subject }) => subject.index === 1000)) found.push(part);
    }
    expect(found).toEqual([0]);
  });

  it('finds, by a slice, an old leaf of the unfinished tile that was changed with its tile', async () => {
    const log = synthetic(700, [700]);
    const { state } = await check(log);
    log.leaves[600] = commitment(600, 99);
    log.tiles.get('0/2')?.set(leafHash(commitment(600, 99)), (600 - 512) * 32);
    expect((await check(log, state)).clean).toBe(true);
    const slice = { part: 0, parts: 2 };
    const { findings } = await audit({ sources: sourcesOf(log), registry: REGISTRY, state, now: 0, slice });
    expect(subjects(findings)).toContainEqual(
      expect.objectContaining({ code: 'checkpoint-root', lastIndex: 699 }),
    );
  });

  it('finds, by its slices, an old anchor that the registry states otherwise, and a false checkpoint of one', async () => {
    const log = synthetic(900, [100, 200, 300, 400, 500, 600, 700, 800]);
    const honest = sourcesOf(log);
    const notes = log.anchors.map((anchor, index) => ({
      ...{ ...anchor, index },
      checkpoint: signCheckpoint(
        { origin: REGISTRY.origin, size: anchor.treeSize, rootHash: fromHex(anchor.rootHash, 32) },
        log.secret,
      ),
    }));
    const { state } = await check(log);
    const found = async (rows: typeof notes, part: number) => {
      const anchors = async (from: number) => rows.slice(from, from + 3);
      const sources = { ...honest, registry: { ...honest.registry, anchors } };
      const slice = { part, parts: 4 };
      return subjects((await audit({ sources, registry: REGISTRY, state, now: 0, slice })).findings);
    };
    const stated = notes.with(3, { ...notes[3]!, time: 1 });
    const signed = notes.with(3, {
      ...notes[3]!,
      checkpoint: signCheckpoint(
        { origin: REGISTRY.origin, size: 400, rootHash: new Uint8Array(32) },
        log.secret,
      ),
    });
    for (const [rows, code] of [
      [notes, null],
      [stated, 'anchor-row-differs'],
      [signed, 'anchor-checkpoint'],
    ] as const) {
      const named = await Promise.all([0, 1, 2, 3].map((part) => found(rows, part)));
      expect(named.flat().map((f) => [f.code, f.anchorIndex])).toEqual(code === null ? [] : [[code, 3]]);
    }
  });

  it('reads the tiles that a tree above the second level has', async () => {
    const log = synthetic(66_000, [65_535, 65_536, 66_000]);
    expect((await check(log)).findings).toEqual([]);
    log.tiles.set('2/0', flip(log.tiles.get('2/0') ?? new Uint8Array(), 3));
    expect(subjects((await check(log)).findings)).toEqual([
      { code: 'tile-differs', level: 2, tile: 0, index: 0, lastIndex: 65_535 },
    ]);
  });

  it('puts every finding into words', () => {
    for (const code of Object.keys(FINDINGS) as (keyof typeof FINDINGS)[]) {
      const text = findingText({ code, severity: 'error', subject: { index: 12 }, expected: 'a', found: '' });
      expect(text).toMatch(/^[A-Z].*\[index 12\]: should be a, nothing was found$/);
    }
  });
});
