import { describe, expect, it } from 'vitest';
import { evidenceWords } from '@/lib/browser/verify/evidence-words';
import { isName, plain } from '@/lib/browser/verify/quoted';
import type { Verification, VerdictFacts } from '@/lib/evidence/verify';

const facts = (role: string, type: string): Verification => {
  const said = { role, type, organization: 'org', stage: null, ocid: null, program: null };
  return {
    steps: [],
    commitment: null,
    verdict: { outcome: 'proven', facts: said as unknown as VerdictFacts },
  };
};

describe('words out of evidence', () => {
  it('are looked up only by the names that our texts have', () => {
    for (const name of ['officer', 'award-announced', 'es256'])
      expect([name, isName(name)]).toEqual([name, true]);
    for (const name of ['constructor', 'a.b', '', 'hasOwnProperty', 'Officer', '__proto__', 'a b', '-a'])
      expect([name, isName(name)]).toEqual([name, false]);
  });

  it('cannot hide or turn what stands around them', () => {
    expect(plain('a\u001b[31mb\u202ec\u2028d\u200be')).toBe('a\u{fffd}[31mb\u{fffd}c\u{fffd}d\u{fffd}e');
    expect(plain('采购 – été')).toBe('采购 – été');
  });

  for (const locale of ['en', 'zh'] as const)
    it(`are quoted where our texts have none for them, in ${locale}`, () => {
      const { sentence } = evidenceWords(locale);
      for (const forged of ['constructor', 'toString', 'x.y', 'officer\u202e']) {
        const words = sentence(facts(forged, forged), true);
        expect(words).toContain(plain(forged));
        expect(words).not.toMatch(/verify\.|\u202e|native code/);
      }
      expect(sentence(facts('officer', 'award'), true)).not.toContain('officer\u{fffd}');
    });
});
