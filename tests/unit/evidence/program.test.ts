import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { evidenceWords } from '@/lib/browser/verify/evidence-words';
import { verifyEvidence, type EvidenceQuestion } from '@/lib/evidence/verify';
import type { TenderRecord } from '@/lib/record/record';
import { NOW, programRecord, REGISTRY, world } from './world';

const PROGRAM = new TextEncoder().encode('<!doctype html><title>Tenderproof</title>');
const facts = (bytes: Uint8Array) => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  size: bytes.length,
});

function verify(change: Partial<TenderRecord> = {}, asked: Partial<EvidenceQuestion> = {}) {
  const record = programRecord(PROGRAM, change);
  const { evidence, chain } = world('', { record, ofRegistry: true });
  return verifyEvidence({ evidence, registry: REGISTRY, file: facts(PROGRAM), chain, now: NOW, ...asked });
}

const SHOWN = { en: '10 February', zh: '2月10日' } as const;
const say = (locale: 'en' | 'zh', verification: Awaited<ReturnType<typeof verify>>, file = true) =>
  evidenceWords(locale, () => SHOWN[locale]).sentence(verification, file);

describe('the record by which a registry publishes a program', () => {
  it('proves of the file that it is that program, when it was published, and in which version', async () => {
    const proven = await verify();
    expect(proven.verdict.outcome).toBe('proven');
    expect(proven.verdict.facts?.program).toEqual({ name: 'verifier', version: '0.1.0' });
    expect(say('en', proven)).toBe(
      'Yes. This file is the offline verifier that this registry published on 10 February (version 0.1.0), and it has not been changed since.',
    );
    expect(say('zh', proven)).toBe(
      '是。此文件是本平台于 2月10日 发布的离线核验工具（版本 0.1.0），此后未被改动。',
    );
    expect(say('en', proven, false)).toBe(
      'Yes. This is the record by which this registry published the offline verifier on 10 February (version 0.1.0), and it has not been changed since.',
    );
    const sealer = await verify({ data: { name: 'sealer', version: '2.0.0' } });
    expect(say('en', sealer)).toContain('the offline sealer that this registry published');
  });

  it('says no more than was found', async () => {
    expect(say('en', await verify({}, { chain: null }))).toMatch(
      /^Not checked to the end: the chain could not be asked\. What the evidence says: This file is the offline verifier/,
    );
    const late = { ...REGISTRY, confirmations: 1000 };
    expect(say('en', await verify({}, { registry: late }))).toMatch(
      /^Yes, so far\. This file is the offline/,
    );
    const altered = await verify({}, { file: facts(PROGRAM.slice(1)) });
    expect(altered.verdict.outcome).toBe('refuted');
    expect(say('en', altered)).toBe('No. The evidence for this file does not hold.');
  });

  it.each([
    ['another organization', { actor: { organization: 'org-city', person: 'operator', role: 'operator' } }],
    ['a person', { actor: { organization: REGISTRY.origin, person: 'p-1', role: 'officer' } }],
    ['a record of another type', { type: 'budget-line' }],
    ['a program that is none', { data: { name: 'toString', version: '1' } }],
    ['data of another shape', { data: { name: 'verifier', version: 1 } }],
  ] satisfies [string, Partial<TenderRecord>][])('is the registry’s own: not of %s', async (_who, change) => {
    const verification = await verify(change);
    expect(verification.verdict.facts?.program).toBeNull();
    expect(say('en', verification)).not.toContain('this registry published');
  });

  it('quotes a version without what would hide in it', async () => {
    const strange = await verify({ data: { name: 'verifier', version: '1\u202e0' } });
    expect(say('en', strange)).toContain('(version 1\ufffd0)');
  });
});
