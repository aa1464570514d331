import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runChecks, type CheckItem, type CheckState } from '@/components/evidence/checks';
import { checkDocument, checkEvidenceFile, type CheckWorld } from '@/lib/browser/verify/check';
import { classifyFile, HEAD_BYTES, SECRET_KINDS, secretByName } from '@/lib/browser/verify/classify';
import { hashStream } from '@/lib/browser/verify/hash-stream';
import { LookupError } from '@/lib/browser/verify/lookup';
import { FILE, NOW, OCID, REGISTRY, world } from '../evidence/world';

const sha256 = createHash('sha256').update(FILE).digest('hex');
const { evidence, chain } = world(sha256);
const text = JSON.stringify(evidence);
const recordId = evidence.entry.record.id;
const file = { sha256, size: FILE.length, name: 'award-notice.txt' };

const candidate = { sha256, recordId, ocid: 'x', stage: 'award', type: 'award', title: 'award-notice.txt' };
const other = {
  ...candidate,
  sha256: sha256.slice(0, 2) + '0'.repeat(62),
  recordId: recordId.replace('2', '3'),
};

function site(candidates: object[], evidenceText = text) {
  const asked: string[] = [];
  const checkWorld: CheckWorld = {
    registry: REGISTRY,
    chain: () => chain,
    now: () => NOW,
    get: async (path) => {
      asked.push(path);
      if (path === '/api/v1/registry') return JSON.stringify({ prefixLength: 2, origin: 'ignored' });
      if (path.startsWith('/api/v1/evidence?')) return JSON.stringify({ candidates });
      return evidenceText;
    },
  };
  return { asked, checkWorld };
}

describe('checking a document', () => {
  it('proves a registered file, and sends no more of its digest than the prefix', async () => {
    const { asked, checkWorld } = site([other, candidate]);
    const outcome = await checkDocument(file, checkWorld);
    expect(outcome).toMatchObject({
      kind: 'checked',
      results: [{ verification: { verdict: { outcome: 'proven' } } }],
    });
    expect(asked).toEqual([
      '/api/v1/registry',
      `/api/v1/evidence?sha256=${sha256.slice(0, 2)}`,
      `/api/v1/evidence/${recordId}`,
    ]);
  });

  it('says of an altered file that it is unknown, and which document it resembles', async () => {
    const altered = { ...file, sha256: 'f'.repeat(64), name: 'Award-notice (1).txt' };
    expect(await checkDocument(altered, site([candidate]).checkWorld)).toEqual({
      kind: 'unknown',
      file: altered,
      namesakes: [
        {
          ...{ title: 'award-notice.txt', sha256, size: FILE.length, recordId, ocid: OCID },
          ...{ time: evidence.entry.record.time, supersededOn: null },
        },
      ],
      sent: 'ff',
    });
    expect(await checkDocument({ ...altered, name: 'x.txt' }, site([candidate]).checkWorld)).toMatchObject({
      kind: 'unknown',
      namesakes: [],
    });
  });

  it('refutes a file for which the site hands out evidence of another', async () => {
    const swapped = world('e'.repeat(64));
    const outcome = await checkDocument(file, site([candidate], JSON.stringify(swapped.evidence)).checkWorld);
    expect(outcome).toMatchObject({
      kind: 'checked',
      results: [{ verification: { verdict: { outcome: 'refuted' } } }],
    });
  });

  it('uses evidence that was dropped along, and then asks the registry nothing', async () => {
    const { asked, checkWorld } = site([]);
    const outcome = await checkDocument(file, checkWorld, [text]);
    expect(outcome).toMatchObject({
      kind: 'checked',
      results: [{ verification: { verdict: { outcome: 'proven' } } }],
    });
    expect(asked).toEqual([]);
  });

  it('says what is wrong with the site’s answers', async () => {
    const broken = (get: CheckWorld['get']): CheckWorld => ({ ...site([]).checkWorld, get });
    await expect(
      checkDocument(
        file,
        broken(async () => '<html>'),
      ),
    ).rejects.toMatchObject({ code: 'registry-answer' });
    const down = async (): Promise<string> => Promise.reject(new LookupError('registry-unreachable', ''));
    await expect(checkDocument(file, broken(down))).rejects.toMatchObject({ code: 'registry-unreachable' });
    expect(await checkDocument(file, site([candidate], '{}').checkWorld)).toMatchObject({
      kind: 'not-evidence',
    });
  });

  it('verifies an evidence file by itself, and refuses what is none', async () => {
    const { checkWorld } = site([]);
    expect(await checkEvidenceFile(text, checkWorld)).toMatchObject({
      kind: 'checked',
      results: [{ file: null, verification: { verdict: { outcome: 'proven' } } }],
    });
    expect(await checkEvidenceFile('{"a":1}', checkWorld)).toMatchObject({ kind: 'not-evidence' });
  });
});

describe('what a file is', () => {
  it.each([
    ['notice.pdf', '%PDF-1.7', 'document'],
    ['a.json', '{"name": 1}', 'document'],
    ['a.json', '{\n  "format": "tenderproof-evidence/1"', 'evidence'],
    ['award.evidence.json', '{"broken', 'evidence'],
    ['receipt.json', '{"format":"tenderproof-receipt/1"', 'receipt'],
    ['renamed.pdf', '{"format":"tenderproof-recovery/1"', 'recovery'],
    ['renamed.pdf', `{"bidSecret":"${'0'.repeat(64)}","format":"tenderproof-recovery/1"`, 'recovery'],
    ['renamed.txt', '\ufeff{ "format" : "tenderproof-recovery-file/1"', 'recovery'],
    ['renamed.pdf', '{"v":1,"format":"tenderproof-key/1"', 'key'],
    ['renamed.pdf', '{"format":"tenderproof-keyfile/1"', 'key'],
    ['renamed.pdf', 'tenderproof-draft/1\n\u0000\u0000', 'draft'],
    ['renamed.pdf', 'age-encryption.org/v1\n', 'secret'],
    ['renamed.pdf', '-----BEGIN AGE ENCRYPTED FILE-----\n', 'secret'],
    ['renamed.pdf', '{"format":"tenderproof-something-new/1"', 'secret'],
    ['renamed.json', `{"ocid":"x","age":"-----BEGIN AGE ENCRYPTED FILE-----\\nYWdl","format":"f"`, 'secret'],
    ['renamed.json', [...'{"format":"tenderproof-keyfile/1"'].join('\0'), 'key'],
    ['bid.recovery.json', '', 'recovery'],
    ['tenderproof-recovery-0a1b2c3d (1).json', '', 'recovery'],
    ['tenderproof-key-0a1b2c3d.json', '', 'key'],
    ['me.key', '', 'key'],
    ['tenderproof-draft-2026-11-27-1403.tpdraft', '', 'draft'],
    ['x.age', '', 'secret'],
    // A document that only speaks of such files is one.
    ['guide.txt', 'A file begins with "format":"tenderproof-recovery-file/1".', 'document'],
    ['guide.json', String.raw`{"text":"\"age\":\"-----BEGIN AGE ENCRYPTED FILE-----"}`, 'document'],
    ['x.json', String.raw`{"format":"tenderproof-evidence/1","note":"-----BEGIN AGE`, 'evidence'],
  ])('%s beginning %j is %s', (name, head, expected) => expect(classifyFile(name, head)).toBe(expected));

  it('knows secrets by name before reading anything', () => {
    expect(secretByName('bid.recovery.json')).toBe('recovery');
    expect(secretByName('monkey.pdf')).toBeUndefined();
    expect(secretByName('draft.pdf')).toBeUndefined();
  });
});

describe('a secret file that was dropped by mistake', () => {
  /** A file that notes how much of it is read. */
  function watched(name: string, content: string) {
    const read: number[] = [];
    const file = new File([content], name);
    const slice = file.slice.bind(file);
    file.slice = (start = 0, end = file.size) => {
      read.push(end);
      return slice(start, end);
    };
    for (const how of ['text', 'arrayBuffer', 'stream', 'bytes'] as const) {
      file[how] = () => {
        throw new Error('The file was read');
      };
    }
    return { file, read };
  }

  const recovery = JSON.stringify({
    format: 'tenderproof-recovery-file/1',
    ocid: 'ocds-1',
    age: '-----BEGIN AGE ENCRYPTED FILE-----'.padEnd(20_000, 'A'),
  });

  it.each([
    ['tenderproof-recovery-1.json', recovery, 'recovery', []],
    ['renamed.pdf', recovery, 'recovery', [HEAD_BYTES]],
    ['key.json', '{"format":"tenderproof-keyfile/1"}', 'key', [HEAD_BYTES]],
    ['a.tpdraft', 'tenderproof-draft/1\n', 'draft', []],
    ['a.bin', 'tenderproof-draft/1\n', 'draft', [HEAD_BYTES]],
  ] as const)('is refused: %s', async (name, content, kind, lengths) => {
    const { file: dropped, read } = watched(name, content);
    const { asked, checkWorld } = site([candidate]);
    const states: CheckState[] = [];
    const item: CheckItem = { id: 1, file: dropped, source: 'page', state: { phase: 'waiting' } };
    const signal = new AbortController().signal;
    await runChecks(
      [item],
      checkWorld,
      () => signal,
      (_id, state) => states.push(state),
    );
    expect(states).toEqual([{ phase: 'refused', kind }]);
    expect(asked).toEqual([]);
    expect(read).toEqual(lengths);
  });

  it.each(['en', 'zh'])('is explained in %s', (locale) => {
    const where = join(import.meta.dirname, `../../../lib/i18n/messages/${locale}/verify.json`);
    const { secret } = JSON.parse(readFileSync(where, 'utf8')) as { secret: Record<string, unknown> };
    expect(Object.keys(secret).sort()).toEqual([...SECRET_KINDS].sort());
  });
});

describe('hashing a stream', () => {
  it('is SHA-256, tells progress, and can be cancelled', async () => {
    const bytes = new Uint8Array(300_000).map((_, i) => i % 251);
    const seen: number[] = [];
    const stream = () => new Blob([bytes]).stream();
    expect(await hashStream(stream(), (n) => seen.push(n))).toBe(
      createHash('sha256').update(bytes).digest('hex'),
    );
    expect(seen.at(-1)).toBe(bytes.length);
    await expect(
      hashStream(stream(), () => undefined, AbortSignal.abort(new Error('cancelled'))),
    ).rejects.toThrow('cancelled');
  });

  it('hashes an empty file', async () => {
    expect(await hashStream(new Blob([]).stream(), () => undefined)).toMatch(/^e3b0c442/);
  });
});
