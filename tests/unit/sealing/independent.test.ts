import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromHex } from '@/lib/record/hex';
import type { Case } from './vectors/case';
import { workedExample } from './worked-example';

const folder = join(import.meta.dirname, '../../independent');
const published = join(import.meta.dirname, '../../../public/spec/vectors/sealed-bids.json');
/** Beside the test, not in its place: the runner must be able to report meanwhile. */
const python = (script: string, ...args: string[]) =>
  new Promise<{ status: unknown; stdout: string; stderr: string }>((resolve) =>
    execFile('python3', ['-B', join(folder, script), ...args], (error, stdout, stderr) =>
      resolve({ status: error?.code ?? 0, stdout, stderr }),
    ),
  );

const missing = spawnSync('python3', ['-c', 'import hashlib, hmac'], { encoding: 'utf8' }).status !== 0;
const when = missing ? ' (SKIPPED: there is no python3 on this machine)' : '';
// Python's own AES: a second or two of processor time, many on a busy machine.
const timeout = 180_000;

interface Vectors {
  envelopes: Case[];
  recipes: unknown[];
  bidActs: { acts: unknown[] };
  committees: object;
}
const vectors = JSON.parse(readFileSync(published, 'utf8')) as Vectors;

describe('an opener in another language, written from the specification alone', () => {
  let temporary: string;
  beforeAll(() => void (temporary = mkdtempSync(join(tmpdir(), 'independent-'))));
  afterAll(() => rmSync(temporary, { recursive: true }));
  const write = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(temporary, name), content);
    return join(temporary, name);
  };

  it.skipIf(missing)(
    `reaches the published outcome of every vector, and seals the same envelopes${when}`,
    async () => {
      const { stdout, stderr, status } = await python('check_vectors.py', published);
      const { envelopes, recipes, bidActs, committees } = vectors;
      const checked =
        envelopes.length + recipes.length + bidActs.acts.length + Object.keys(committees).length;
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toEqual({ checked, differing: 0 });
      expect(status).toBe(0);
    },
    timeout,
  );

  it.skipIf(missing)(
    `control: it notices a vector that is not so${when}`,
    async () => {
      const [good] = vectors.envelopes;
      const bad = vectors.envelopes.find(({ expected }) => expected.outcome === 'invalid');
      if (good === undefined || bad === undefined) throw new Error('no vectors');
      const wrong = [
        { ...good, description: 'other bytes', envelope: good.envelope.replace(/..$/, '00') },
        { ...good, description: 'other files', expected: { ...good.expected, files: [] } },
        { ...good, description: 'as it is' },
        { ...bad, description: 'another code', expected: { ...bad.expected, code: 'share-wrong' } },
      ];
      const altered = { ...vectors, envelopes: wrong, recipes: [] };
      const { stdout, status } = await python(
        'check_vectors.py',
        write('altered.json', JSON.stringify(altered)),
      );
      const named = [...stdout.matchAll(/^DIFFERS (.*?):/gm)].map((match) => match[1]);
      expect(named).toEqual(['other bytes', 'other files', 'another code']);
      expect(status).toBe(1);
    },
    timeout,
  );

  it.skipIf(missing)(
    `opens the worked example from its published seed, as a citizen would${when}`,
    async () => {
      const { identity, keySet, envelope, envelopeHash, seed, manifestJcs, fileContent } =
        await workedExample();
      const opening = write('opening.json', JSON.stringify({ identity, keySet, envelopeHash, seed }));
      const sealed = write('bid.envelope', fromHex(envelope));
      const { stdout, status } = await python('open_bid.py', opening, sealed, temporary);
      expect(JSON.parse(stdout)).toEqual({ outcome: 'valid', seed, manifest: manifestJcs, wrongShares: [] });
      expect(status).toBe(0);
      expect(readFileSync(join(temporary, 'offer.txt')).toString('hex')).toBe(fileContent);
      const other = write(
        'other.json',
        JSON.stringify({ identity, keySet, envelopeHash, seed: '11'.repeat(32) }),
      );
      expect(await python('open_bid.py', other, sealed)).toMatchObject({ status: 1 });
    },
    timeout,
  );
});
