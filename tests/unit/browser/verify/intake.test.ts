import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDigest } from '@/lib/browser/verify/intake/digest-text';
import { chosenFiles, walk } from '@/lib/browser/verify/intake/folder';
import { headOf } from '@/lib/browser/verify/intake/given';
import { takeIn } from '@/lib/browser/verify/intake/take-in';
import { unpack } from '@/lib/browser/verify/intake/unpack';
import { readZip, ZIP_LIMITS, type ZipLimits } from '@/lib/browser/verify/intake/zip-directory';
import { makeZip, text, type Member } from './zip-maker';

const bytesFrom = async (archive: Blob, at = 0): Promise<Uint8Array> => {
  const entry = (await readZip(archive))[at];
  if (entry === undefined) throw new Error('no such entry');
  return new Uint8Array(await new Response((await unpack(archive, entry)) as BodyInit).arrayBuffer());
};
const small: ZipLimits = { entries: 3, directory: 1000, expanded: 10_000, ratio: 10, ratioFrom: 1000 };

describe('an archive', () => {
  it('gives back what was put in, whatever it is', async () => {
    const member = fc.record({
      path: fc.stringMatching(/^[a-z\u4e00-\u4e20/]{1,20}[a-z]$/),
      content: fc.uint8Array({ maxLength: 3000 }).map((bytes) => Uint8Array.from(bytes)),
      store: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(member, { minLength: 1, maxLength: 5 }),
        fc.string({ maxLength: 40 }),
        async (members, comment) => {
          const archive = makeZip(members, { comment: comment.replaceAll('PK', '') });
          const entries = await readZip(archive);
          expect(entries.map(({ path, size }) => [path, size])).toEqual(
            members.map(({ path, content }) => [path, content.length]),
          );
          for (const [i, { content }] of members.entries())
            expect(await bytesFrom(archive, i)).toEqual(content);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reads names in the code page of old programs, and lets none rearrange its line', async () => {
    const gbk = Uint8Array.of(0xd5, 0xd0, 0xb1, 0xea, 0x2e, 0x70, 0x64, 0x66);
    const archive = makeZip([
      { path: gbk, content: text('a') },
      { path: 'evil\u202efdp.exe', content: text('b') },
    ]);
    expect((await readZip(archive)).map(({ path }) => path)).toEqual(['招标.pdf', 'evil\u{fffd}fdp.exe']);
  });

  it('never fails in another way than by refusing, however it is damaged', async () => {
    const whole = new Uint8Array(
      await makeZip([
        { path: 'a.txt', content: text('hello '.repeat(50)) },
        { path: 'b.txt', content: text('x'), store: true },
      ]).arrayBuffer(),
    );
    const change = fc.record({ at: fc.nat(whole.length - 1), to: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const bent = Uint8Array.from(whole);
        for (const { at, to } of changes) bent[at] = to;
        try {
          const archive = new Blob([bent]);
          for (const i of (await readZip(archive)).keys()) await bytesFrom(archive, i);
        } catch (error) {
          expect(error).toMatchObject({ name: 'ZipRefused' });
        }
      }),
      { numRuns: 300 },
    );
  });

  const member = (change: Partial<Member> = {}): Member => ({
    path: 'a.txt',
    content: text('hello'),
    ...change,
  });
  it.each<[string, Blob, string]>([
    ['no archive', new Blob(['hello']), 'damaged'],
    ['nothing', new Blob([]), 'damaged'],
    ['another number of entries', makeZip([member()], { count: 2 }), 'damaged'],
    ['too many entries', makeZip([member(), member(), member(), member()]), 'too-many'],
    ['a long directory', makeZip([member({ path: 'a'.repeat(1000) })]), 'too-many'],
    ['a promise of too much', makeZip([member({ lie: { size: 10_001 } })]), 'expands-too-far'],
    [
      'too much in all',
      makeZip([1, 2].map(() => member({ content: new Uint8Array(6000).map((_, i) => (i * i) % 251) }))),
      'expands-too-far',
    ],
    ['a bomb', makeZip([member({ content: new Uint8Array(9000) })]), 'ratio'],
    ['entries that share their bytes', makeZip([member(), member({ lie: { offset: 0 } })]), 'overlap'],
    ['an entry that reaches into the directory', makeZip([member({ lie: { packedSize: 900 } })]), 'overlap'],
    ['an entry of ZIP64', makeZip([member({ lie: { size: 0xffffffff } })]), 'too-large'],
    ['an archive of ZIP64', makeZip([member()], { count: 0xffff }), 'too-large'],
  ])('is refused: %s', async (_, archive, code) => {
    await expect(readZip(archive, small)).rejects.toMatchObject({ name: 'ZipRefused', code });
  });

  it.each<[string, Member['lie'], string]>([
    ['more than it promised', { size: 4 }, 'damaged'],
    ['less than it promised', { size: 6 }, 'damaged'],
    ['another check sum', { crc32: 1 }, 'damaged'],
    ['what is encrypted', { flags: 0x801 }, 'encrypted'],
    ['another method', { method: 14 }, 'method'],
    ['what is not deflated', { method: 8 }, 'damaged'],
  ])('yields nothing to rely on: %s', async (_, lie, code) => {
    await expect(bytesFrom(makeZip([member({ store: true, lie: lie ?? {} })]))).rejects.toMatchObject({
      code,
    });
  });

  it('stops unpacking where the promise ends', async () => {
    const archive = makeZip([member({ content: new Uint8Array(5_000_000), lie: { size: 100_000 } })]);
    const [entry] = await readZip(archive, { ...ZIP_LIMITS, ratio: 10_000 });
    if (entry === undefined) throw new Error('no entry');
    let read = 0;
    const reader = (await unpack(archive, entry)).getReader();
    await expect(
      (async () => {
        for (;;) read += (await reader.read()).value?.length ?? 0;
      })(),
    ).rejects.toMatchObject({ code: 'damaged' });
    expect(read).toBeLessThanOrEqual(100_000);
  });
});

describe('what is taken in', () => {
  const file = (name: string, content: BlobPart = 'x'): File => new File([content], name);

  it('is each file of an archive behind the archive, and an archive in it unopened', async () => {
    const inner = new Uint8Array(await makeZip([{ path: 'deep.txt', content: text('x') }]).arrayBuffer());
    const archive = makeZip([
      { path: 'tender/', content: text(''), store: true },
      { path: 'tender/notice.pdf', content: text('notice') },
      { path: '__MACOSX/._notice.pdf', content: text('?') },
      { path: 'tender/inner.zip', content: inner },
    ]);
    const files = chosenFiles([new File([archive], 'all.zip'), file('report.docx'), file('broken.zip')]);
    const { incoming, cut } = await takeIn(files);
    expect(incoming.map(({ path, within, unopened }) => [path, within, unopened])).toEqual([
      ['all.zip', null, null],
      ['all.zip / tender/notice.pdf', 0, undefined],
      ['all.zip / tender/inner.zip', 0, undefined],
      ['report.docx', null, undefined],
      ['broken.zip', null, 'damaged'],
    ]);
    expect(cut).toBe(false);
    const packed = incoming[1]?.file;
    expect(
      packed !== undefined && 'kind' in packed && packed.kind === 'packed' && (await headOf(packed)),
    ).toBe('notice');
  });

  it('is no more than a bounded number', async () => {
    const members = ['a', 'b', 'c', 'd'].map((path) => ({ path, content: text(path) }));
    const zip = new File([makeZip(members)], 'z.zip');
    const taken = await takeIn(chosenFiles([zip, file('e')]), 3);
    expect([taken.incoming.length, taken.cut]).toEqual([3, true]);
    expect(await takeIn(chosenFiles([zip, file('e')]), 6)).toMatchObject({ cut: false });
    expect(chosenFiles(Array.from({ length: 2001 }, (_, i) => file(`${i}`)))).toMatchObject({ cut: true });
  });

  it('is every file of a folder, but not of one that never ends', async () => {
    const leaf = (fullPath: string): FileSystemEntry =>
      ({
        isFile: true,
        isDirectory: false,
        fullPath,
        name: fullPath,
        file: (done: (found: File) => void) => done(file(fullPath)),
      }) as unknown as FileSystemEntry;
    const folder = (fullPath: string, inside: () => FileSystemEntry[]): FileSystemEntry =>
      ({
        isFile: false,
        isDirectory: true,
        fullPath,
        name: fullPath,
        createReader: () => {
          let batches = [inside(), []];
          return {
            readEntries: (done: (entries: FileSystemEntry[]) => void) => {
              done(batches[0] ?? []);
              batches = batches.slice(1);
            },
          };
        },
      }) as unknown as FileSystemEntry;
    const tree = folder('/t', () => [
      leaf('/t/b.txt'),
      leaf('/t/.DS_Store'),
      folder('/t/a', () => [leaf('/t/a/c')]),
    ]);
    expect((await walk([tree])).files.map(({ path }) => path)).toEqual(['t/a/c', 't/b.txt']);
    const endless = (path: string): FileSystemEntry => folder(path, () => [endless(`${path}/x`)]);
    expect(await walk([endless('/e')])).toEqual({ files: [], cut: false });
    expect(await walk([tree], 1)).toMatchObject({ cut: true, files: [{ path: 't/a/c' }] });
  });
});

describe('a pasted fingerprint', () => {
  const sha256 = 'ee2939ec146eca29851ac468d4b9b24bb079b8b8356ef4b1b3d9cf4a7bff54fb';
  it.each([
    [sha256, false],
    [`${sha256}\n`, false],
    [sha256.toUpperCase(), true],
    [sha256.replaceAll(/(.{8})/g, '$1 '), true],
    [`sha256:${sha256}`, true],
    [`SHA-256 (${sha256}`, true],
    [`0x${sha256}`, true],
    [`${sha256}  award-notice.txt`, true],
    [sha256.replaceAll(/(..)/g, '$1:').slice(0, -1), true],
  ])('is read: %j', (pasted, tidied) => {
    expect(readDigest(pasted)).toEqual({ ok: true, sha256, tidied });
  });

  it.each([
    ['', 'empty'],
    [sha256.slice(1), 'length'],
    [`${sha256}0`, 'length'],
    ['notice.pdf', 'not-hex'],
    [sha256.replace('e', 'о'), 'not-hex'],
  ])('is refused: %j', (pasted, code) => expect(readDigest(pasted)).toMatchObject({ ok: false, code }));
});
