import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { climb, forge, neighboursOf } from '@/lib/browser/tour/climb';
import { bytesDigest, fileDigest, fromBase64, verifyCommand } from '@/lib/browser/tour/commands';
import { EXAMPLE_FILES } from '@/lib/browser/tour/files';
import { differences, fingerprint, stretches } from '@/lib/browser/tour/fingerprint';
import { parseCheckpoint } from '@/lib/merkle/checkpoint';
import { concatBytes } from '@/lib/merkle/hash';
import { fromHex, toHex } from '@/lib/record/hex';
import { canonicalBytes } from '@/lib/record/jcs';
import { tourExample } from '@/app/[locale]/(public)/verify/tour/read-example';
import { FILE, REGISTRY } from '../evidence/world';
import { EXAMPLE, FILE_SHA256 } from '../evidence/spec-values';

const root = join(import.meta.dirname, '../../..');
const spec = join(root, 'public/spec');
const { evidence } = EXAMPLE;
const salted = concatBytes(fromHex(evidence.salt), canonicalBytes(evidence.entry));
const bytes = (name: string) => new Uint8Array(readFileSync(join(spec, name)));
const path = neighboursOf(salted, evidence.log) ?? [];
const way = climb(salted, path);

/** What a command prints, in the folder of the downloads. */
const run = (command: string) => execFileSync('sh', ['-c', command], { cwd: spec, encoding: 'utf8' });

describe('the files of the tour', () => {
  it('are made from the worked example', async () => {
    const twin = new TextDecoder().decode(FILE).replace('Lushan', 'Fushan');
    await expect(twin).toMatchFileSnapshot(join(spec, EXAMPLE_FILES.twin));
    await expect(`${JSON.stringify(REGISTRY, null, 2)}\n`).toMatchFileSnapshot(
      join(spec, EXAMPLE_FILES.registry),
    );
    expect(toHex(bytes(EXAMPLE_FILES.saltedEntry))).toBe(toHex(salted));
  });

  it('are what the page reads, and the twin is one letter away', async () => {
    const example = await tourExample();
    expect(example.evidence).toEqual(evidence);
    expect(differences(example.original, example.twin)).toBe(1);
    expect(example.twin.length).toBe(example.original.length);
  });
});

describe('fingerprints', () => {
  it('are SHA-256', () => {
    expect(fingerprint(FILE)).toBe(createHash('sha256').update(FILE).digest('hex'));
    expect(fingerprint(bytes(EXAMPLE_FILES.original))).toBe(FILE_SHA256);
    expect(fingerprint(bytes(EXAMPLE_FILES.twin))).not.toBe(FILE_SHA256);
  });

  it('are cut where they differ', () => {
    expect(stretches('abcd', 'abxd')).toEqual([
      { text: 'ab', differs: false },
      { text: 'c', differs: true },
      { text: 'd', differs: false },
    ]);
    expect(stretches('ab', 'ab')).toEqual([{ text: 'ab', differs: false }]);
    expect(differences('abc', 'xyc')).toBe(2);
  });
});

describe('the way up', () => {
  it('leads from the record to the root of evidence, checkpoint and anchor', () => {
    expect(way.commitment).toBe(EXAMPLE.commitment);
    expect(way.joins).toHaveLength(evidence.log.inclusionProof.length);
    expect(way.root).toBe(evidence.log.rootHash);
    expect(way.root).toBe(evidence.anchor?.rootHash);
  });

  it('leads elsewhere for a record that names the twin', () => {
    const forged = forge(salted, FILE_SHA256, fingerprint(bytes(EXAMPLE_FILES.twin)));
    expect(forged.length).toBe(salted.length);
    expect(neighboursOf(forged, evidence.log)).toBeNull();
    const elsewhere = climb(forged, path);
    expect(elsewhere.root).not.toBe(way.root);
    expect(elsewhere.joins.map(({ ours }) => ours)).toEqual(way.joins.map(({ ours }) => ours));
  });
});

describe('the commands that are shown', () => {
  const systems =
    spawnSync('shasum', ['--version']).status === 0 ? (['linux', 'mac'] as const) : (['linux'] as const);

  it.each(systems)('print the digests that are shown (%s)', (shell) => {
    const digest = (command: string) => run(command).split(' ')[0]?.trim();
    expect(digest(fileDigest(EXAMPLE_FILES.original)[shell])).toBe(FILE_SHA256);
    expect(digest(fileDigest(EXAMPLE_FILES.twin)[shell])).toBe(fingerprint(bytes(EXAMPLE_FILES.twin)));
    expect(digest(fileDigest(EXAMPLE_FILES.saltedEntry)[shell])).toBe(way.commitment);
    expect(digest(bytesDigest(`00${way.commitment}`)[shell])).toBe(way.leaf);
    for (const { left, right, result } of way.joins)
      expect(digest(bytesDigest(`01${left}${right}`)[shell])).toBe(result);
    const line = parseCheckpoint(evidence.checkpoint)?.text.split('\n')[2] ?? '';
    expect(run(fromBase64(line)[shell]).trim()).toBe(way.root);
  });

  it('verify the original as far as goes without a chain, and refute the twin', () => {
    const verify = (file: string) => {
      const command = verifyCommand(EXAMPLE_FILES.evidence, file, EXAMPLE_FILES.registry);
      const [npm, script, name, , ...args] = command.split(' ');
      expect([npm, script, name]).toEqual(['npm', 'run', 'verify']);
      // What `npm run verify` comes to, without npm's own second.
      const tsx = ['--import', 'tsx', join(root, 'lib/cli/verify.ts'), ...args, '--json'];
      const { status, stdout } = spawnSync(process.execPath, tsx, {
        cwd: spec,
        encoding: 'utf8',
        env: { ...process.env, TSX_TSCONFIG_PATH: join(root, 'tsconfig.json') },
      });
      return { status, outcome: (JSON.parse(stdout) as { outcome: string }).outcome };
    };
    expect(verify(EXAMPLE_FILES.original)).toEqual({ status: 2, outcome: 'unchecked' });
    expect(verify(EXAMPLE_FILES.twin)).toEqual({ status: 1, outcome: 'refuted' });
  }, 60_000);
});
