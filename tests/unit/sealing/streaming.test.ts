import { describe, expect, it } from 'vitest';
import { concat } from '@/lib/sealing/bytes';
import { memorySource, openEnvelope, type EnvelopeSource } from '@/lib/sealing/open';
import { completeManifest, type PlannedManifest } from '@/lib/sealing/package';
import { memoryStore, payloadLength, sealEnvelope } from '@/lib/sealing/seal';
import { filled, makeIdentity, makeKeySet, makeManifest, openRequest, sha256Hex } from './fixture';

const keySet = makeKeySet(2, 3);
const identity = makeIdentity(keySet);
const seed = filled(0x42);

/** No two chunks of it are alike. */
const large = new Uint8Array(5_300_000).map((_, i) => (i ^ (i >> 8) ^ (i >> 16)) & 0xff);
const files = [
  { name: 'plan.dwg', bytes: large },
  { name: 'letter.pdf', bytes: new Uint8Array([37, 80, 68, 70]) },
];

/** What is known before the files are read: no digests. */
function plan(): PlannedManifest {
  const manifest = makeManifest(identity, files);
  return {
    ...manifest,
    files: manifest.files.map(({ name, mediaType, size }) => ({ name, mediaType, size })),
  };
}

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function seal(manifest = plan(), contents = files) {
  const reports: [done: number, total: number][] = [];
  const readings = files.map(() => 0);
  const content =
    ({ bytes }: { bytes: Uint8Array }, at: number) =>
    () => {
      readings[at] = (readings[at] ?? 0) + 1;
      return inPieces(bytes, 70_001);
    };
  const store = memoryStore();
  const onProgress = (...report: [number, number]) => void reports.push(report);
  const request = {
    keySet,
    identity,
    purpose: 'bid' as const,
    seed,
    manifest,
    contents: contents.map(content),
  };
  const sealed = await sealEnvelope({ ...request, onProgress }, store);
  return { ...sealed, bytes: concat(sealed.header, ...store.pieces), reports, readings, request };
}

/** Counts how often the source is read from beginning to end, and whether each reading was let go. */
function counted(bytes: Uint8Array) {
  const count = { whole: 0, open: 0 };
  const { size, stream } = memorySource(bytes);
  const source: EnvelopeSource = {
    size,
    async *stream(from, to) {
      if (from === 0 && to === size) count.whole += 1;
      count.open += 1;
      try {
        for await (const piece of stream(from, to)) yield* inPieces(piece, 64_000);
      } finally {
        count.open -= 1;
      }
    },
  };
  return { source, count };
}

describe('sealing as a stream', () => {
  it('reads each file once, and states in the manifest what it sealed', async () => {
    const sealed = await seal();
    expect(sealed.readings).toEqual([1, 1]);
    expect(sealed.manifest).toEqual(makeManifest(identity, files));
    expect(sealed.bytes.length).toBe(sealed.size);
    expect(sha256Hex(sealed.bytes)).toBe(sealed.envelopeHash);
  });

  it('gives the envelope that a manifest with the digests gives, and refuses what has another digest', async () => {
    const sealed = await seal();
    const known = makeManifest(identity, files);
    expect((await seal(known)).envelopeHash).toBe(sealed.envelopeHash);
    const altered = [{ name: 'plan.dwg', bytes: large.map((byte) => byte ^ 1) }, ...files.slice(1)];
    await expect(seal(known, altered)).rejects.toMatchObject({ code: 'package-file-hash' });
  });

  it('tells its progress to the very end, never backwards', async () => {
    const { reports, request } = await seal();
    const total = payloadLength(request.manifest);
    expect(new Set(reports.map(([, of]) => of))).toEqual(new Set([total]));
    const done = reports.map(([value]) => value);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.at(-1)).toBe(total);
  });

  it('refuses a file that is longer or shorter than was said', async () => {
    const longer = [{ name: 'plan.dwg', bytes: concat(large, large) }, ...files.slice(1)];
    await expect(seal(plan(), longer)).rejects.toMatchObject({ code: 'stream-too-long' });
    const shorter = [{ name: 'plan.dwg', bytes: large.subarray(1) }, ...files.slice(1)];
    await expect(seal(plan(), shorter)).rejects.toMatchObject({ code: 'stream-too-short' });
  });

  it('has manifests of one length, with digests and without', () => {
    const length = (manifest: object) => JSON.stringify(manifest).length;
    expect(length(completeManifest(plan()))).toBe(length(makeManifest(identity, files)));
  });
});

describe('opening as a stream', () => {
  it('reads the envelope once, gives every byte of the files, and tells its progress', async () => {
    const sealed = await seal();
    const { source, count } = counted(sealed.bytes);
    const got: Uint8Array[][] = files.map(() => []);
    const sink = { data: (file: number, piece: Uint8Array) => void got[file]?.push(piece.slice()) };
    const reports: number[] = [];
    const onProgress = (done: number, total: number) => void reports.push(done / total);
    const request = openRequest(sealed, sealed.bytes, [], { seed, source, sink, onProgress });
    expect(await openEnvelope(request)).toMatchObject({ outcome: 'valid', manifest: sealed.manifest });
    for (const [at, { bytes }] of files.entries())
      expect(Buffer.compare(concat(...(got[at] ?? [])), bytes)).toBe(0);
    expect(count).toEqual({ whole: 1, open: 0 });
    expect(reports).toEqual([...reports].sort((a, b) => a - b));
    expect(reports.at(-1)).toBe(1);
  });

  it('lets go of the envelope when whoever takes the files fails', async () => {
    const sealed = await seal();
    const { source, count } = counted(sealed.bytes);
    const data = () => {
      throw new RangeError('the disk is full');
    };
    const request = openRequest(sealed, sealed.bytes, [], { seed, source, sink: { data } });
    await expect(openEnvelope(request)).rejects.toThrow(RangeError);
    expect(count.open).toBe(0);
  });

  it('says of a damaged copy that it is not the recorded one, wherever the damage is', async () => {
    const sealed = await seal();
    for (const at of [0, 60, 200, 400, 2_000_000, sealed.bytes.length - 1]) {
      const damaged = sealed.bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      const { envelopeHash } = sealed;
      const outcome = await openEnvelope(openRequest(sealed, damaged, [], { seed, envelopeHash }));
      expect(outcome).toEqual({ outcome: 'undecided', reason: 'not-the-recorded-envelope' });
    }
  });
});
