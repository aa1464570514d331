import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { runChecks, verdictOfItem, type CheckItem, type CheckState } from '@/components/evidence/checks';
import type { CheckWorld } from '@/lib/browser/verify/check';
import type { Hasher } from '@/lib/browser/verify/hash-file';
import { chosenFiles } from '@/lib/browser/verify/intake/folder';
import { takeIn } from '@/lib/browser/verify/intake/take-in';
import { unpack } from '@/lib/browser/verify/intake/unpack';
import { patientGet } from '@/lib/browser/verify/patient-get';
import { decisive, summarize, VERDICT_KINDS, verdictOf } from '@/lib/browser/verify/verdict';
import { FILE, NOW, OCID, REGISTRY, world } from '../../evidence/world';
import { makeZip, text } from './zip-maker';

const sha256 = createHash('sha256').update(FILE).digest('hex');
const { evidence, chain } = world(sha256);
const record = evidence.entry.record;
const BYTES = Uint8Array.from(FILE);

function site(registered = sha256) {
  const asked: string[] = [];
  const found = { sha256: registered, recordId: record.id, ocid: OCID, stage: 5, type: 'award', title: 'x' };
  const listed = {
    id: record.id,
    commitment: '0'.repeat(64),
    index: 12,
    entry: JSON.stringify(evidence.entry),
  };
  const checkWorld: CheckWorld = {
    registry: REGISTRY,
    chain: () => chain,
    now: () => NOW,
    get: patientGet(async (path) => {
      asked.push(path);
      if (path === '/api/v1/registry') return JSON.stringify({ prefixLength: 2 });
      if (path.startsWith('/api/v1/audit/')) return JSON.stringify({ records: [listed], next: null });
      if (path.startsWith(`/api/v1/evidence?sha256=${registered.slice(0, 2)}`))
        return JSON.stringify({ candidates: [found] });
      return path.includes('?') ? '{"candidates":[]}' : JSON.stringify(evidence);
    }),
  };
  return { asked, checkWorld };
}

/** Hashes here instead of in a worker. */
const hasher = (onHash?: () => void): Hasher => ({
  async hash(file, _onProgress, signal) {
    signal.throwIfAborted();
    onHash?.();
    const stream = file instanceof Blob ? file.stream() : await unpack(file.archive, file.entry);
    const bytes = await new Response(stream as BodyInit).arrayBuffer();
    return createHash('sha256').update(new Uint8Array(bytes)).digest('hex');
  },
  close: () => undefined,
});

async function itemsOf(files: File[]): Promise<CheckItem[]> {
  const { incoming } = await takeIn(chosenFiles(files));
  return incoming.map((item, id) => ({ ...item, id, source: 'page', state: { phase: 'waiting' } }));
}

async function run(
  items: CheckItem[],
  checkWorld: CheckWorld,
  signal = new AbortController().signal,
  made = hasher(),
) {
  const states = new Map<number, CheckState>();
  await runChecks(
    items,
    checkWorld,
    () => signal,
    (id, state) => states.set(id, state),
    made,
  );
  return items.map(({ id, unopened }) => {
    const state = states.get(id) ?? { phase: 'waiting' as const };
    return verdictOfItem(unopened === undefined ? { state } : { state, unopened });
  });
}

const genuine = (): File => new File([BYTES], 'award-notice.txt');

describe('many files', () => {
  it('are each told apart, and those of one tender are compared with its documents', async () => {
    const { asked, checkWorld } = site();
    const items = await itemsOf([
      new File(['changed'], 'award-notice.txt'),
      genuine(),
      new File(['?'], 'holiday.jpg'),
      new File(['x'], 'me.key'),
      new File(['{"format":"tenderproof-evidence/1"'], 'a.json'),
    ]);
    expect(await run(items, checkWorld)).toEqual(['altered', 'genuine', 'unknown', 'refused', 'unreadable']);
    const shared = asked.filter((path) => !/^\/api\/v1\/evidence\/[^?]+$/.test(path));
    expect(new Set(shared).size).toBe(shared.length);
    // A whole digest leaves in no question.
    expect(asked.some((path) => /[0-9a-f]{64}/.test(path.replace(/processes\/[0-9a-f]{64}/, '')))).toBe(
      false,
    );
  });

  it('of an archive are checked one by one, a secret among them unopened', async () => {
    const zip = makeZip([
      { path: 'award-notice.txt', content: BYTES },
      { path: 'bid.recovery.json', content: text('{}'), lie: { method: 99 } },
      { path: 'b.pdf', content: text('{"format":"tenderproof-keyfile/1"}') },
      { path: 'c.pdf', content: text('x'), lie: { crc32: 1 } },
    ]);
    const items = await itemsOf([new File([zip], 'all.zip')]);
    const verdicts = await run(items, site().checkWorld);
    expect(verdicts).toEqual(['opened', 'genuine', 'refused', 'refused', 'failed']);
    expect(summarize(verdicts)).toEqual({
      ...{ files: 4, settled: 4 },
      counts: [
        ['genuine', 1],
        ['refused', 2],
        ['failed', 1],
      ],
    });
  });

  it('of an archive that is a registered document are covered by it', async () => {
    const zip = new Uint8Array(await makeZip([{ path: 'plan.pdf', content: text('plan') }]).arrayBuffer());
    const digest = createHash('sha256').update(zip).digest('hex');
    const own = world(digest, {
      record: {
        ...record,
        documents: [{ ...record.documents[0], sha256: digest, size: zip.length }] as typeof record.documents,
      },
    });
    const { checkWorld } = site(digest);
    const serving: CheckWorld = {
      ...checkWorld,
      chain: () => own.chain,
      get: (path) =>
        /\/evidence\/[^?]+$/.test(path)
          ? Promise.resolve(JSON.stringify(own.evidence))
          : checkWorld.get(path),
    };
    let hashed = 0;
    const verdicts = await run(
      await itemsOf([new File([zip], 'plans.zip')]),
      serving,
      undefined,
      hasher(() => hashed++),
    );
    expect([verdicts, hashed]).toEqual([['genuine', 'covered'], 1]);
  });

  it('need no registry when their evidence is dropped along', async () => {
    const { asked, checkWorld } = site();
    const items = await itemsOf([genuine(), new File([JSON.stringify(evidence)], 'a.evidence.json')]);
    expect(await run(items, checkWorld)).toEqual(['genuine', 'genuine']);
    expect(asked).toEqual([]);
  });

  it('may be a fingerprint alone', async () => {
    const digest = (given: string): CheckItem => ({
      ...{ id: 1, source: 'page', state: { phase: 'waiting' } },
      file: { kind: 'digest', name: given, size: null, sha256: given },
    });
    expect(await run([digest(sha256)], site().checkWorld)).toEqual(['genuine']);
    expect(await run([digest('0'.repeat(64))], site().checkWorld)).toEqual(['unknown']);
  });

  it('are not hashed any more once it is stopped', async () => {
    const controller = new AbortController();
    let hashed = 0;
    const stopping = hasher(() => {
      hashed += 1;
      controller.abort(new Error('stopped'));
    });
    const items = await itemsOf([genuine(), genuine(), genuine()]);
    const verdicts = await run(items, site().checkWorld, controller.signal, stopping);
    expect([verdicts, hashed]).toEqual([['stopped', 'stopped', 'stopped'], 1]);
  });
});

describe('a summary', () => {
  it('counts everything once', () => {
    const verdict = fc.option(fc.constantFrom(...VERDICT_KINDS));
    fc.assert(
      fc.property(fc.array(verdict), (verdicts) => {
        const { files, settled, counts } = summarize(verdicts);
        expect(files).toBe(verdicts.filter((one) => one !== 'opened').length);
        expect(counts.reduce((sum, [, count]) => sum + count, 0)).toBe(settled);
        expect(settled).toBeLessThanOrEqual(files);
      }),
    );
  });

  it('never calls a file genuine whose nodes contradict each other in any of its records', () => {
    const one = (
      outcome: 'proven' | 'unchecked' | 'refuted',
      code: 'anchor-on-chain' | 'nodes-disagree',
    ) => ({
      ...{ evidence, text: '', file: null, nodes: null, standing: null },
      verification: {
        steps: [{ id: 'anchor' as const, outcome: 'pass' as const, code, compared: [] }],
        verdict: { outcome, facts: null },
        commitment: null,
      },
    });
    const proven = one('proven', 'anchor-on-chain');
    const disputed = one('unchecked', 'nodes-disagree');
    const refuted = one('refuted', 'anchor-on-chain');
    const verdict = (...results: (typeof proven)[]) => verdictOf(decisive(results) ?? refuted);
    expect(verdict(proven, disputed)).toBe('disputed');
    expect(verdict(refuted, proven)).toBe('genuine');
    expect(verdict(refuted)).toBe('refuted');
  });
});
