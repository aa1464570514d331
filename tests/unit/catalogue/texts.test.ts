import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DISCLOSURE } from '@/lib/procedure/disclosure';
import { ACTS, ROLES } from '@/lib/procedure/permissions';
import { PHASES } from '@/lib/procedure/phases';
import { REFUSALS } from '@/lib/procedure/refusal';
import { RULE_PACKS, rulePack } from '@/lib/procedure/rules/packs';
import { RULE_IDS } from '@/lib/procedure/rules/rule-pack';
import { CATALOGUE, RECORD_TYPES } from '@/lib/record/catalogue';
import { KEY_RECORD_TYPE, STAGES } from '@/lib/record/record';

type Texts = { [key: string]: string | Texts };
const folder = join(import.meta.dirname, '../../../lib/i18n/messages');
const messages = (locale: string, namespace: string) =>
  JSON.parse(readFileSync(join(folder, locale, `${namespace}.json`), 'utf8')) as Texts;

function text(node: Texts, ...path: string[]): string {
  let found: string | Texts | undefined = node;
  for (const key of path) found = typeof found === 'object' ? found[key] : undefined;
  return typeof found === 'string' ? found.trim() : '';
}

const HAN = /\p{Script=Han}/u;

describe.each(['en', 'zh'])('texts in %s', (locale) => {
  const [records, acts, errors, common, verify, tender] = [
    'records',
    'acts',
    'errors',
    'common',
    'verify',
    'tender',
  ].map((n) => messages(locale, n)) as [Texts, Texts, Texts, Texts, Texts, Texts];
  const isOfLanguage = (sentence: string) => expect(HAN.test(sentence), sentence).toBe(locale === 'zh');

  it.each(RECORD_TYPES)('say what a %s is, in a title and a sentence', (type) => {
    isOfLanguage(text(records, type, 'title'));
    isOfLanguage(text(records, type, 'sentence'));
    expect(text(records, type, 'sentence')).toMatch(/[.。]$/);
  });

  it.each(RECORD_TYPES)('say in a verdict what a %s is', (type) => isOfLanguage(text(verify, 'type', type)));
  it.each(ROLES)('say in a verdict who %s is', (role) => isOfLanguage(text(verify, 'role', role)));

  it.each(PHASES)('say what the phase %s means', (phase) => {
    isOfLanguage(text(tender, 'phases', phase, 'name'));
    isOfLanguage(text(tender, 'phases', phase, 'sentence'));
  });

  it.each(ACTS)('name the act %s', (act) => isOfLanguage(text(acts, act, 'name')));
  it.each(PHASES)('name the phase %s', (phase) => isOfLanguage(text(common, 'phases', phase)));
  it.each(ROLES)('name the role %s', (role) => isOfLanguage(text(common, 'roles', role)));
  it.each(STAGES)('name the stage %s', (stage) => isOfLanguage(text(common, 'stage', stage)));

  it.each(Object.keys(REFUSALS))('say what to do about %s', (code) => {
    const sentence = text(errors, code);
    isOfLanguage(sentence);
    expect(sentence).toMatch(/([.。]|\{detail\})$/);
  });

  it('name nothing that does not exist', () => {
    expect(Object.keys(records).filter((key) => !(key in CATALOGUE))).toEqual([]);
    expect(Object.keys(acts).filter((key) => !(ACTS as readonly string[]).includes(key))).toEqual([]);
  });
});

describe('the catalogue', () => {
  it('puts every type into a stage of the protocol, but for what is of the whole registry and orders about any record', () => {
    for (const type of RECORD_TYPES) {
      const { stage } = CATALOGUE[type];
      if (stage === null) expect([KEY_RECORD_TYPE, 'program-published', 'erasure']).toContain(type);
      else expect(stage in STAGES).toBe(true);
    }
  });

  it('says of every type when it is disclosed', () => {
    expect(Object.keys(DISCLOSURE).sort()).toEqual([...RECORD_TYPES].sort());
  });

  it('refuses data with anything more or less than the type has', () => {
    const digest = 'ab'.repeat(32);
    const { data } = CATALOGUE['publication-requested'];
    expect(data.safeParse({ digest }).success).toBe(true);
    expect(data.safeParse({ digest, more: 1 }).success).toBe(false);
    expect(data.safeParse({}).success).toBe(false);
    expect(data.safeParse({ digest: digest.toUpperCase() }).success).toBe(false);
  });
});

describe('refusals', () => {
  it('are statuses of HTTP that say whose fault it is', () => {
    for (const status of Object.values(REFUSALS))
      expect(status === 503 || (status >= 400 && status < 500)).toBe(true);
  });
});

describe('rule packs', () => {
  it.each(RULE_PACKS)(
    '$id gives every rule its article, a value and a sentence in both languages',
    (pack) => {
      expect(rulePack(pack.id)).toBe(pack);
      expect(pack.id).toMatch(/^[a-z-]+@\d+$/);
      expect(HAN.test(pack.name.zh)).toBe(true);
      expect(HAN.test(pack.name.en)).toBe(false);
      expect(Object.keys(pack.rules).sort()).toEqual([...RULE_IDS].sort());
      for (const id of RULE_IDS) {
        const rule = pack.rules[id];
        expect(rule.id).toBe(id);
        expect(rule.article).not.toBe('');
        expect(rule.value).toBeGreaterThan(0);
        expect(rule.sentence.en).toMatch(/\.$/);
        expect(HAN.test(rule.sentence.en)).toBe(false);
        expect(rule.sentence.zh).toMatch(/。$/);
        expect(HAN.test(rule.sentence.zh)).toBe(true);
      }
    },
  );

  it('know no pack of another name, nor one that every object has', () => {
    for (const id of ['fast@2', 'toString', '__proto__', '']) expect(rulePack(id)).toBeNull();
  });
});
