import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChainReader } from '@/lib/evidence/chain-reader';
import { parseEvidence } from '@/lib/evidence/format';
import { verifyEvidence } from '@/lib/evidence/verify';
import { serveChains } from './chain-server';
import { FORGED, GOOD, type Variant } from './variants';
import { REGISTRY } from './world';

const folder = join(import.meta.dirname, '../../independent');
const spec = join(import.meta.dirname, '../../../public/spec');
/** Beside the test, not in its place: the nodes that it asks are served here. */
const python = (...args: string[]) =>
  new Promise<{ status: unknown; stdout: string; stderr: string }>((resolve) =>
    execFile(
      'python3',
      ['-B', join(folder, 'verify_evidence.py'), ...args],
      { env: { ...process.env, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' }, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => resolve({ status: error?.code ?? 0, stdout, stderr }),
    ),
  );

const missing = spawnSync('python3', ['-c', 'import hashlib, urllib.request']).status !== 0;
const when = missing ? ' (SKIPPED: there is no python3 on this machine)' : '';
const timeout = 180_000;

interface Verdict {
  readonly outcome: string;
  readonly steps: readonly { readonly id: string; readonly outcome: string; readonly why?: string }[];
}

const ALL = [...GOOD, ...FORGED];
const HONEST = GOOD[0];
if (HONEST === undefined || HONEST.chain === null) throw new Error('no honest evidence');
const chains = [...new Set(ALL.map(({ chain }) => chain))].filter((chain) => chain !== null);

/** What this registry's own verifier says. */
async function ours({ text, chain, file, now }: Variant): Promise<Verdict> {
  const parsed = parseEvidence(text);
  const facts = file && { sha256: createHash('sha256').update(file).digest('hex'), size: file.length };
  const { verdict, steps } = await verifyEvidence({
    evidence: parsed.ok ? parsed.evidence : undefined,
    registry: REGISTRY,
    chain,
    now,
    ...(facts && { file: facts }),
  });
  return { outcome: verdict.outcome, steps };
}

const inWords = ({ outcome, steps }: Verdict) =>
  [outcome, ...steps.map((step) => `${step.id} ${step.outcome}`)].join(', ');

describe('a verifier in another language, written from the specification alone', () => {
  let temporary: string;
  let addressOf: (chain: ChainReader) => string;
  let close: () => Promise<unknown>;
  const mine = new Map<Variant, Verdict>();
  const theirs = new Map<Variant, Verdict>();
  let stderr = '';

  const write = (name: string, content: string) => {
    writeFileSync(join(temporary, name), content);
    return join(temporary, name);
  };
  const asCase = ({ text, chain, file, now }: Variant) =>
    JSON.stringify({
      evidence: Buffer.from(text).toString('base64'),
      pin: REGISTRY,
      file: file && Buffer.from(file).toString('base64'),
      rpc: chain && addressOf(chain),
      now: new Date(now).toISOString(),
    });

  beforeAll(async () => {
    temporary = mkdtempSync(join(tmpdir(), 'independent-'));
    ({ addressOf, close } = await serveChains(chains));
    for (const variant of ALL) mine.set(variant, await ours(variant));
    if (missing) return;
    const answered = await python('--batch', write('cases.jsonl', ALL.map(asCase).join('\n')));
    stderr = answered.stderr;
    const verdicts = answered.stdout.split('\n').filter((line) => line !== '');
    ALL.forEach((variant, i) => theirs.set(variant, JSON.parse(verdicts[i] ?? 'null') as Verdict));
  }, timeout);
  afterAll(async () => {
    await close();
    rmSync(temporary, { recursive: true });
  });

  const outcomes = (of: ReadonlyMap<Variant, Verdict>, variants: readonly Variant[]) =>
    variants.map((variant) => [variant.name, of.get(variant)?.outcome]);
  const proven = (of: ReadonlyMap<Variant, Verdict>, variants: readonly Variant[]) =>
    outcomes(of, variants).filter(([, outcome]) => outcome === 'proven');

  it('the corpus is large, and none of it is the honest evidence under another name', () => {
    expect(FORGED.length).toBeGreaterThanOrEqual(60);
    const names = ALL.map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    const same = FORGED.filter(
      ({ text, chain, file, now }) =>
        text === HONEST.text && chain === HONEST.chain && file === HONEST.file && now === HONEST.now,
    );
    expect(same.map(({ name }) => name)).toEqual([]);
  });

  it('this registry’s verifier proves the good evidence, and nothing forged', () => {
    expect(proven(mine, GOOD)).toEqual(outcomes(mine, GOOD));
    expect(proven(mine, FORGED)).toEqual([]);
  });

  it.skipIf(missing)(`so does the other one${when}`, () => {
    expect(stderr).toBe('');
    expect(proven(theirs, GOOD)).toEqual(outcomes(theirs, GOOD));
    expect(proven(theirs, FORGED)).toEqual([]);
  });

  it.skipIf(missing)(`both agree on every variant, step by step${when}`, () => {
    const said = (of: ReadonlyMap<Variant, Verdict>) =>
      ALL.map((variant) => `${variant.name}: ${inWords(of.get(variant) ?? { outcome: '', steps: [] })}`);
    expect(said(theirs)).toEqual(said(mine));
  });

  it.skipIf(missing)(
    `verifies the published example from a terminal${when}`,
    async () => {
      const pin = write('registry.json', JSON.stringify(REGISTRY));
      const example = join(spec, 'example.evidence.json');
      const file = ['--file', join(spec, 'example-award-notice.txt')];
      const rpc = ['--rpc', addressOf(HONEST.chain as ChainReader)];
      const given = [
        [example, '--pin', pin, ...file, ...rpc],
        [example, '--pin', pin, ...file],
        [example, '--pin', pin, '--file', pin, ...rpc],
        [pin, '--pin', pin, ...rpc],
        [example, '--pin', example, ...rpc],
      ];
      const answers = await Promise.all(given.map((args) => python(...args)));
      expect(
        answers.map((answer) => [
          (JSON.parse(answer.stdout) as Verdict).outcome,
          answer.status,
          answer.stderr,
        ]),
      ).toEqual([
        ['proven', 0, ''],
        ['unchecked', 2, ''],
        ['refuted', 1, ''],
        ['refuted', 1, ''],
        ['unchecked', 2, ''],
      ]);
    },
    timeout,
  );
});
