import { describe, expect, it } from 'vitest';
import type { BidDraft, FileRef } from '@/lib/browser/drafts/draft';
import { emptyDraft, filesOf, withFile } from '@/lib/browser/drafts/draft';
import type { DraftErrorCode } from '@/lib/browser/drafts/draft-error';
import { inspectDraftFile, readDraftFile, writeDraftFile } from '@/lib/browser/drafts/draft-file';
import { decodeHead, encodeHead, MAX_HEAD } from '@/lib/browser/drafts/draft-file-head';
import { directLock } from '@/lib/browser/keys/passphrase';
import { toHex } from '@/lib/record/hex';
import { concat, portableHash } from '@/lib/sealing/bytes';
import { sealedLength, TENDERPROOF_1MIB } from '@/lib/sealing/chunked';

const IDENTITY = {
  origin: 'tenders.example.org',
  contract: '0xaa',
  ocid: 'ocds-1',
  organization: 'org:alpha',
};
const PASSPHRASE = 'four words by telephone';
const protection = (passphrase = PASSPHRASE) => ({ passphrase, demonstration: true, lock: directLock });

const contents = [new Uint8Array(1_500_000).map((_, i) => i % 253), Uint8Array.of(1, 2, 3)];

function hashOf(bytes: Uint8Array): string {
  const hash = portableHash();
  hash.update(bytes);
  return toHex(hash.digest());
}

const refs = contents.map((bytes, n): FileRef => ({
  id: `00000000-0000-4000-8000-00000000000${n}`,
  name: `${n}.pdf`,
  mediaType: '',
  size: bytes.length,
  sha256: hashOf(bytes),
}));

const draft: BidDraft = refs.reduce(
  (so, ref) => withFile(so, 'lot-1', 'technical', ref),
  emptyDraft('2026-11-27T14:03:00.000Z'),
);

async function* contentOf({ id }: FileRef): AsyncGenerator<Uint8Array> {
  const bytes = contents[refs.findIndex((ref) => ref.id === id)] ?? new Uint8Array(0);
  for (let at = 0; at < bytes.length; at += 70_000) yield bytes.slice(at, at + 70_000);
}

async function written(of: BidDraft = draft, read = contentOf): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  const progress: number[] = [];
  for await (const piece of writeDraftFile(IDENTITY, of, read, protection(), (n) => progress.push(n))) {
    pieces.push(piece);
  }
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  return concat(...pieces);
}

/** Takes files by reading them, under new names. */
function taker() {
  const taken: Uint8Array[] = [];
  const take = async (ref: FileRef, content: AsyncIterable<Uint8Array>) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of content) pieces.push(piece.slice());
    const bytes = concat(...pieces);
    taken.push(bytes);
    return { ...ref, id: ref.id.replace('8000', '9000'), sha256: hashOf(bytes) };
  };
  return { taken, take };
}

const read = (bytes: Uint8Array<ArrayBuffer>, identity = IDENTITY, passphrase = PASSPHRASE) => {
  const { taken, take } = taker();
  return readDraftFile(new Blob([bytes]), identity, protection(passphrase), take).then((result) => ({
    ...result,
    files: taken,
  }));
};

async function codeOf(work: Promise<unknown>): Promise<DraftErrorCode | 'ok'> {
  return work.then(
    () => 'ok' as const,
    (error: { code?: DraftErrorCode }) => error.code ?? Promise.reject(error),
  );
}

const whole = await written();

describe('an exported draft', () => {
  it('gives back the draft and its files to who knows the passphrase', async () => {
    const result = await read(whole);
    expect(result.draft).toEqual(draft);
    expect(result.files.map(hashOf)).toEqual(contents.map(hashOf));
    expect([...result.taken.keys()]).toEqual(refs.map(({ id }) => id));
    expect(await codeOf(inspectDraftFile(new Blob([whole])))).toBe('ok');
  });

  it('is written with a new key every time', async () => {
    const again = await written();
    expect(again.length).toBe(whole.length);
    expect(toHex(again.slice(-1000))).not.toBe(toHex(whole.slice(-1000)));
  });

  it('carries a draft without files too', async () => {
    const bare = emptyDraft('2026-11-27T14:03:00.000Z');
    expect((await read(await written(bare))).draft).toEqual(bare);
  });

  it('is refused for another registry, tender or organization, and with another passphrase', async () => {
    expect(await codeOf(read(whole, IDENTITY, `${PASSPHRASE}!`))).toBe('wrong-passphrase');
    expect(await codeOf(read(whole, { ...IDENTITY, origin: 'x' }))).toBe('other-registry');
    expect(await codeOf(read(whole, { ...IDENTITY, contract: 'x' }))).toBe('other-registry');
    expect(await codeOf(read(whole, { ...IDENTITY, ocid: 'x' }))).toBe('other-tender');
    expect(await codeOf(read(whole, { ...IDENTITY, organization: 'x' }))).toBe('other-organization');
  });

  it('takes no passphrase that is too short', async () => {
    const writing = writeDraftFile(IDENTITY, draft, contentOf, protection('short'), () => undefined);
    expect(await codeOf(writing.next())).toBe('passphrase-short');
  });

  it('is never accepted when it was cut anywhere', async () => {
    const cuts = [
      0,
      1,
      17,
      18,
      19,
      20,
      23,
      24,
      300,
      500,
      700,
      1000,
      1_048_700,
      whole.length - 17,
      whole.length - 1,
    ];
    for (const cut of cuts) {
      const code = await codeOf(inspectDraftFile(new Blob([whole.slice(0, cut)])));
      expect([cut, code]).toEqual([cut, cut < 18 ? 'not-a-draft-file' : 'draft-file-truncated']);
    }
  });

  it('is never accepted with a bit turned anywhere', async () => {
    const head = decodeHead(whole.slice(0, MAX_HEAD), whole.length).bytes.length;
    const places = [
      0,
      18,
      19,
      20,
      23,
      24,
      200,
      head - 1,
      head,
      head + 30,
      head + 60,
      900_000,
      whole.length - 1,
    ];
    for (const place of places) {
      const altered = whole.slice();
      altered[place] = (altered[place] ?? 0) ^ 1;
      expect([place, await codeOf(read(altered))]).not.toEqual([place, 'ok']);
    }
    const longer = concat(whole, Uint8Array.of(0));
    expect(await codeOf(read(longer))).toBe('draft-file-altered');
  });

  it('is refused when a file in it is not what the draft says', async () => {
    const lying = mapSha(draft);
    expect(await codeOf(written(lying).then((bytes) => read(bytes)))).toBe('draft-file-altered');
  });

  it('is not written when a file has another length than the draft says', async () => {
    async function* short(ref: FileRef): AsyncGenerator<Uint8Array> {
      for await (const piece of contentOf(ref)) yield piece.slice(0, -1);
    }
    // What is written so can be told by its length before anything is decrypted.
    expect(await codeOf(written(draft, short).then((bytes) => read(bytes)))).toBe('draft-file-truncated');
  });
});

function mapSha(of: BidDraft): BidDraft {
  const [first] = filesOf(of);
  return JSON.parse(JSON.stringify(of).replace(first?.sha256 ?? '', '0'.repeat(64))) as BidDraft;
}

describe('the beginning of an exported draft', () => {
  const size = (head: Uint8Array, content: number) => head.length + sealedLength(TENDERPROOF_1MIB, content);

  it('states how long the file is', () => {
    const head = encodeHead('lock', 1234);
    expect(decodeHead(head, size(head, 1234))).toEqual({ lock: 'lock', contentLength: 1234, bytes: head });
    expect(() => decodeHead(head, size(head, 1234) - 1)).toThrow('draft-file-truncated');
    expect(() => decodeHead(head, size(head, 1234) + 1)).toThrow('draft-file-altered');
  });

  it('is bounded, whatever it claims', () => {
    const head = encodeHead('x'.repeat(5000), 1);
    expect(() => decodeHead(head, size(head, 1))).toThrow('draft-file-altered');
    const huge = encodeHead('lock', 1);
    huge.fill(0xff, huge.length - 8);
    expect(() => decodeHead(huge, 100)).toThrow('draft-file-altered');
  });

  it('tells another version from another file', () => {
    const of = (text: string) => () => decodeHead(new TextEncoder().encode(text), 100);
    expect(of('tenderproof-draft/2\nabcdef')).toThrow('draft-file-version');
    expect(of('%PDF-1.7 and so on')).toThrow('not-a-draft-file');
    expect(of('')).toThrow('not-a-draft-file');
  });
});
