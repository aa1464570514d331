import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { append, edgeFromTiles, EMPTY_LOG, rootOfEdge, type LogEdge } from '@/lib/merkle/append';
import { parseCheckpoint, signCheckpoint, verifyCheckpoint } from '@/lib/merkle/checkpoint';
import { concatBytes, leafHash } from '@/lib/merkle/hash';
import { changedTiles, proofFromTiles, type TileReader } from '@/lib/merkle/tile';
import { decodeEntries, encodeEntries, entriesPath, parseTilePath, tilePath } from '@/lib/merkle/tile-path';
import { buildLevels, consistencyProof, inclusionProof, rootOf, type TreeLevels } from '@/lib/merkle/tree';
import { formatVerifierKey, parseVerifierKey, verifierKey } from '@/lib/merkle/verifier-key';
import { toHex } from '@/lib/record/hex';
import { commitments } from './naive';

/** A store of tiles by path, as a disk or a CDN would keep them: nothing is read but what was written. */
function tileStore() {
  const files = new Map<string, Uint8Array>();
  const reader: TileReader = (level, index, width) => {
    const bytes = files.get(tilePath({ level, index, width }));
    if (bytes === undefined) throw new Error(`no tile ${level}/${index}/${width}`);
    return bytes;
  };
  return { files, reader };
}

describe('appending to a log', () => {
  const all = commitments(70_000);
  const levels = buildLevels(all.map(leafHash));

  it('gives the roots and tiles of the whole tree, in batches of any size, and proofs come from the tiles', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 6 }), async (batches) => {
        const { files, reader } = tileStore();
        let state: LogEdge = EMPTY_LOG;
        for (const count of batches) {
          const before = state;
          const added = append(state, all.slice(state.size, state.size + count));
          state = added.state;
          const tiles = [...added.fullTiles, ...added.partialTiles];
          tiles.forEach((tile) => files.set(tilePath(tile), tile.bytes));
          expect(new Set(tiles.map(tilePath))).toEqual(
            new Set(changedTiles(before.size, state.size).map(tilePath)),
          );
          expect(toHex(added.rootHash)).toBe(toHex(rootOf(levels, state.size)));
          expect(await edgeFromTiles(reader, state.size)).toEqual(state);
        }
        const size = state.size;
        const proofs = proofFromTiles(reader);
        expect(toHex(await proofs.root(size))).toBe(toHex(rootOf(levels, size)));
        for (const index of [0, size >> 1, size - 1].filter((i) => i >= 0 && i < size)) {
          expect(await proofs.inclusion(index, size)).toEqual(inclusionProof(levels, index, size));
          expect(await proofs.consistency(index, size)).toEqual(consistencyProof(levels, index, size));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is right across the second tile level (65,536 leaves)', async () => {
    const { files, reader } = tileStore();
    let state: LogEdge = EMPTY_LOG;
    for (const size of [255, 256, 257, 65_535, 65_536, 65_537, 70_000]) {
      const added = append(state, all.slice(state.size, size));
      state = added.state;
      [...added.fullTiles, ...added.partialTiles].forEach((tile) => files.set(tilePath(tile), tile.bytes));
      expect(toHex(rootOfEdge(state))).toBe(toHex(rootOf(levels, size)));
      const proofs = proofFromTiles(reader);
      for (const index of [0, 255, size - 1].filter((i) => i < size)) {
        expect(await proofs.inclusion(index, size)).toEqual(inclusionProof(levels, index, size));
        expect(await proofs.consistency(index, size)).toEqual(consistencyProof(levels, index, size));
      }
    }
    expect(files.has('tile/2/000.p/1')).toBe(true);
    expect(files.get('tile/1/000')?.length).toBe(8192);
  });

  it('gives the same proofs with a memory of full tiles, which are read once and never of level 0', async () => {
    const reads = new Map<string, number>();
    // Full tiles where they are full in the whole tree: a partial one may be answered with more.
    const bytes = (level: number, index: number) =>
      concatBytes(...(levels[level * 8]?.slice(index * 256, (index + 1) * 256) ?? []));
    const reader: TileReader = (level, index) => {
      const name = `${level}/${index}`;
      reads.set(name, (reads.get(name) ?? 0) + 1);
      return bytes(level, index);
    };
    const memory = new Map<string, TreeLevels>();
    const proofs = proofFromTiles(reader, undefined, memory);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: all.length }), fc.nat(), async (size, seed) => {
        const index = seed % size;
        expect(await proofs.root(size)).toEqual(rootOf(levels, size));
        expect(await proofs.inclusion(index, size)).toEqual(inclusionProof(levels, index, size));
        expect(await proofs.consistency(index, size)).toEqual(consistencyProof(levels, index, size));
      }),
      { numRuns: 60 },
    );
    expect([...memory.keys()]).toEqual(['1/0']);
    expect(reads.get('1/0')).toBe(1);
  });

  it('leaves the old state as it was', () => {
    const { state } = append(EMPTY_LOG, all.slice(0, 5));
    const root = toHex(rootOfEdge(state));
    append(state, all.slice(5, 600));
    expect(toHex(rootOfEdge(state))).toBe(root);
  });

  it('appends 70,000 leaves in one go within seconds', () => {
    expect(append(EMPTY_LOG, all).state.size).toBe(70_000);
  });

  it('refuses a tile that is too short', async () => {
    const proofs = proofFromTiles(() => new Uint8Array(32));
    await expect(proofs.root(3)).rejects.toMatchObject({ code: 'tile-length' });
  });
});

describe('tile paths of C2SP tlog-tiles', () => {
  it.each([
    [0, 'tile/0/000'],
    [5, 'tile/0/005'],
    [1067, 'tile/0/x001/067'],
    [1_234_067, 'tile/0/x001/x234/067'],
  ])('writes and reads index %i', (index, path) => {
    expect(tilePath({ level: 0, index, width: 256 })).toBe(path);
    expect(parseTilePath(path)).toEqual({ kind: 'hashes', level: 0, index, width: 256 });
    expect(parseTilePath(`${path}.p/17`)).toEqual({ kind: 'hashes', level: 0, index, width: 17 });
  });

  it('writes and reads entry bundles', () => {
    expect(entriesPath(1067, 8)).toBe('tile/entries/x001/067.p/8');
    expect(parseTilePath('tile/entries/x001/067.p/8')).toEqual({ kind: 'entries', index: 1067, width: 8 });
    const some = commitments(3);
    expect(decodeEntries(encodeEntries(some))).toEqual(some);
    expect(decodeEntries(encodeEntries(some).slice(1))).toBeNull();
    expect(decodeEntries(new Uint8Array(34))).toBeNull();
  });

  it.each([
    'tile/0/0',
    'tile/0/x000/001',
    'tile/0/x001',
    'tile/00/001',
    'tile/64/000',
    'tile/0/001.p/0',
    'tile/0/001.p/256',
    'tile/0/001.p/01',
    'tile/0/001/',
    'tile/0/../001',
    'tile/-1/001',
    `tile/0/${'x999/'.repeat(9)}999`,
    'checkpoint',
    '',
  ])('refuses %s', (path) => expect(parseTilePath(path)).toBeNull());
});

describe('checkpoints (C2SP signed notes)', () => {
  const secret = new Uint8Array(32).fill(7);
  const key = verifierKey('registry.example/log', ed25519.getPublicKey(secret));
  const rootHash = commitments(1)[0] ?? new Uint8Array();
  const note = signCheckpoint({ origin: key.name, size: 40, rootHash }, secret);

  it('signs and verifies', () => {
    expect(verifyCheckpoint(note, key)).toMatchObject({
      ok: true,
      checkpoint: { origin: key.name, size: 40, rootHash },
    });
    expect(note.split('\n').length).toBe(6);
  });

  it('reads and writes verifier keys', () => {
    expect(parseVerifierKey(formatVerifierKey(key))).toEqual(key);
    expect(() => parseVerifierKey(formatVerifierKey(key).replace('registry', 'Registry'))).toThrow(
      expect.objectContaining({ code: 'key-invalid' }),
    );
  });

  it('reads the public example key of the Go checksum database and finds its key id', () => {
    const text = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8';
    expect(formatVerifierKey(parseVerifierKey(text))).toBe(text);
  });

  it('tolerates signatures by others', () => {
    const other = signCheckpoint(
      { origin: 'witness.example', size: 40, rootHash },
      new Uint8Array(32).fill(8),
    );
    const line = other.split('\n').at(-2) ?? '';
    expect(verifyCheckpoint(`${note}${line}\n`, key).ok).toBe(true);
  });

  it.each([
    ['a changed size', note.replace('\n40\n', '\n41\n'), 'signature-invalid'],
    ['a size with a leading zero', note.replace('\n40\n', '\n040\n'), 'malformed'],
    ['a missing final newline', note.slice(0, -1), 'malformed'],
    ['no signature', note.slice(0, note.indexOf('—')), 'malformed'],
    ['another origin', note.replace('registry.example', 'registry.examp1e'), 'origin-mismatch'],
    ['windows line ends', note.replaceAll('\n', '\r\n'), 'malformed'],
    ['a signature under another name only', note.replace('— registry', '— other'), 'not-signed-by-key'],
    ['nothing', '', 'malformed'],
    ['a huge note', 'x'.repeat(100_000), 'malformed'],
  ])('refuses %s', (_, text, fault) => expect(verifyCheckpoint(text, key)).toEqual({ ok: false, fault }));

  it('never throws on noise', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => parseCheckpoint(text) === null || true));
  });
});
