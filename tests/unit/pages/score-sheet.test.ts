import { describe, expect, it } from 'vitest';
import { readScore } from '@/app/[locale]/(office)/tenders/[ocid]/evaluation/score-sheet-state';

describe('a score as it is typed', () => {
  it.each([
    ['0', 0],
    ['7', 7],
    [' 85 ', 85],
    ['100', 100],
  ])('%j is %d', (text, score) => expect(readScore(text)).toBe(score));

  it.each(['', '-1', '101', '1000', '8.5', '8,5', '1e1', '007', '٤', 'ten'])('%j is none', (text) =>
    expect(readScore(text)).toBeNull(),
  );
});
