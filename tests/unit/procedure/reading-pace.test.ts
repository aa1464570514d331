import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allRead, bidsRead } from '@/lib/procedure/reading-pace';

const REPORT = Date.parse('2026-06-01T12:00:00.000Z');

describe('reading bids out', () => {
  it('begins with the report, and takes three seconds for each', () => {
    expect(bidsRead(REPORT, REPORT - 1, 5)).toBe(0);
    expect(bidsRead(REPORT, REPORT, 5)).toBe(1);
    expect(bidsRead(REPORT, REPORT + 2_999, 5)).toBe(1);
    expect(bidsRead(REPORT, REPORT + 3_000, 5)).toBe(2);
    expect(bidsRead(REPORT, REPORT + 12_000, 5)).toBe(5);
    expect(bidsRead(REPORT, REPORT + 86_400_000, 5)).toBe(5);
  });

  it('takes no longer than two minutes, however many there are', () => {
    expect(bidsRead(REPORT, REPORT + 60_000, 1000)).toBe(501);
    expect(bidsRead(REPORT, REPORT + 120_000, 1000)).toBe(1000);
  });

  it('of none has nothing to read', () => {
    expect(bidsRead(REPORT, REPORT + 1_000, 0)).toBe(0);
    expect(allRead(REPORT, 0)).toBe(REPORT);
  });

  it('never goes back, never skips the last, and ends when it says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        fc.nat({ max: 200_000 }),
        fc.nat({ max: 5_000 }),
        (bids, after, more) => {
          const now = REPORT + after;
          const read = bidsRead(REPORT, now, bids);
          expect(read).toBeGreaterThanOrEqual(1);
          expect(read).toBeLessThanOrEqual(bids);
          expect(bidsRead(REPORT, now + more, bids)).toBeGreaterThanOrEqual(read);
          const end = allRead(REPORT, bids);
          expect(end - REPORT).toBeLessThanOrEqual(120_000);
          expect(bidsRead(REPORT, end + 1, bids)).toBe(bids);
          if (bids > 1) expect(bidsRead(REPORT, end - 1, bids)).toBeLessThan(bids);
        },
      ),
    );
  });
});
