import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { processOf } from '@/lib/demo/acts';
import { last, notice } from '@/lib/procedure/state';
import { assembleEvidence } from '@/lib/server/evidence';
import { readStored } from '@/lib/server/stored-range';
import { registryDescriptor } from '@/lib/server/registry';
import { startRegistry, type Registry } from './fixture';
import { publish } from './played';

// `npm run verify` as a stranger runs it: files, a pinned descriptor, a node of the chain, and nothing of ours.

let registry: Registry;
let folder: string;
const at = (name: string) => path.join(folder, name);

interface Run {
  code: number;
  out: string;
  err: string;
}

const run = (...args: string[]): Promise<Run> =>
  new Promise((resolve) =>
    execFile(
      process.execPath,
      ['--import', 'tsx', path.resolve('lib/cli/verify.ts'), ...args],
      // What a stranger has: no address, no key, no database of the registry.
      { env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production' }, maxBuffer: 10_000_000 },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    ),
  );

async function saveEvidence(name: string, recordId: string): Promise<string> {
  const assembled = await assembleEvidence(registry.world, recordId);
  if (!assembled.ok) throw new Error(assembled.reason);
  writeFileSync(at(name), JSON.stringify(assembled.evidence));
  return JSON.stringify(assembled.evidence);
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tenderproof-verify-'));
  registry = await startRegistry();
  const tender = await publish(registry, 3600);
  await registry.until(async () => (await registry.world.db.stageClosure.count()) > 0);
  const process = await processOf(registry.world, tender.id);
  const filed = notice(process);
  const [document] = filed?.documents ?? [];
  const row = await registry.world.db.recordDocument.findFirst({ where: { id: document?.id ?? '' } });
  const bytes = await readStored(registry.world.storage, row?.storageKey ?? '', 0, document?.size ?? 0);
  writeFileSync(at('specification.pdf'), bytes);
  bytes[bytes.length - 2] = (bytes[bytes.length - 2] ?? 0) ^ 1;
  writeFileSync(at('altered.pdf'), bytes);
  writeFileSync(at('tenderproof-key-1234.json'), '{"format":"tenderproof-keyfile/1"}');
  const { rpcUrl: _rpcUrl, embedded: _embedded, ...descriptor } = registryDescriptor();
  writeFileSync(at('pin.json'), JSON.stringify(descriptor));
  const other = { ...descriptor, contract: `0x${'1'.repeat(40)}` };
  writeFileSync(at('other-pin.json'), JSON.stringify(other));
  await saveEvidence('notice.json', filed?.id ?? '');
  const appointed = await saveEvidence('appointed.json', last(process, 'committee-appointed')?.id ?? '');
  writeFileSync(at('forged.json'), appointed.replace('"role":"officer"', '"role":"auditor"'));
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await registry.stop();
});

const pin = () => ['--pin', at('pin.json')];
const rpc = () => ['--rpc', registry.test.chain.rpcUrl];

describe('npm run verify', () => {
  it('ends with 0 when all is proven, and says so in the language asked for', async () => {
    const english = await run(at('appointed.json'), ...pin(), ...rpc());
    expect(english).toMatchObject({ code: 0, err: '' });
    expect(english.out).toMatch(/^\n?.*\nYes\. This is/);
    expect(english.out.match(/^ {2}[✓·] \d+\. /gm)).toHaveLength(11);
    const chinese = await run(at('appointed.json'), ...pin(), ...rpc(), '--lang', 'zh');
    expect(chinese.code).toBe(0);
    expect(chinese.out).toMatch(/[\u4e00-\u9fff]{10}/);
  });

  it('ends with 1 for a document that was changed, and for evidence that was', async () => {
    const altered = await run(at('notice.json'), at('altered.pdf'), ...pin(), ...rpc());
    expect(altered).toMatchObject({ code: 1, err: '' });
    expect(altered.out).toContain('✗ 2. ');
    const forged = await run(at('forged.json'), ...pin(), ...rpc(), '--json');
    const told = JSON.parse(forged.out) as { outcome: string };
    expect([forged.code, told.outcome]).toEqual([1, 'refuted']);
    const phished = await run(at('appointed.json'), '--pin', at('other-pin.json'), ...rpc());
    expect(phished.code).toBe(1);
  });

  it('ends with 1 when one of several files is not the record’s', async () => {
    const files = [at('specification.pdf'), at('altered.pdf')];
    const both = await run(at('notice.json'), ...files, ...pin(), ...rpc(), '--json');
    const { checked } = JSON.parse(both.out) as {
      checked: { file: string; verification: { verdict: { outcome: string } } }[];
    };
    expect(
      checked.map(({ file, verification }) => [path.basename(file), verification.verdict.outcome]),
    ).toEqual([
      ['specification.pdf', 'pending'],
      ['altered.pdf', 'refuted'],
    ]);
    expect(both.code).toBe(1);
  });

  it('ends with 2 while the proof is not complete, without a node, and when a node does not answer', async () => {
    expect((await run(at('notice.json'), at('specification.pdf'), ...pin(), ...rpc())).code).toBe(2);
    expect((await run(at('appointed.json'), ...pin())).code).toBe(2);
    const away = ['--rpc', 'http://127.0.0.1:9'];
    expect((await run(at('appointed.json'), ...pin(), ...away)).code).toBe(2);
    // One node that agrees does not make up for one that was not heard.
    expect((await run(at('appointed.json'), ...pin(), ...rpc(), ...away)).code).toBe(2);
  });

  it('ends with 2, and says what to do, for what it cannot use', async () => {
    for (const [args, words] of [
      [[], /Name the evidence/],
      [[at('appointed.json')], /--pin/],
      [[at('nothing.json'), ...pin()], /no file/],
      [[at('pin.json'), ...pin()], /not evidence/],
      [[at('appointed.json'), '--pin', at('appointed.json')], /not the descriptor/],
      [[at('appointed.json'), at('tenderproof-key-1234.json'), ...pin()], /secret/],
      [[at('appointed.json'), ...pin(), '--rpc', 'file:///etc/passwd'], /--rpc/],
    ] as const) {
      const refused = await run(...args);
      expect([refused.code, refused.out]).toEqual([2, '']);
      expect(refused.err).toMatch(words);
    }
  });
});
