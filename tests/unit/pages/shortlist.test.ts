import { describe, expect, it } from 'vitest';
import { shortlistRows } from '@/app/[locale]/(office)/tenders/[ocid]/evaluation/shortlist-answers';

describe('the answers of a shortlist', () => {
  it('are rows once each bid has one, and a reason where it does not pass', () => {
    const answers = {
      a: { passed: 'yes' as const, reason: '' },
      b: { passed: 'no' as const, reason: ' No warranty. ' },
    };
    expect(shortlistRows(['a', 'b'], answers)).toEqual({
      rows: [
        { bid: 'a', passed: true, reason: '' },
        { bid: 'b', passed: false, reason: 'No warranty.' },
      ],
      wrong: {},
    });
  });

  it('say what is missing, by the path of the field', () => {
    const answers = { b: { passed: 'no' as const, reason: '  ' } };
    expect(shortlistRows(['a', 'b'], answers).wrong).toEqual({ 'a.passed': 'passed', 'b.reason': 'reason' });
  });
});
