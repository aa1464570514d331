import { describe, expect, it } from 'vitest';
import { heldSince, quietAfter } from '@/lib/worker/quiet';

const SECOND = 1000;
const QUIET = 120 * SECOND;
const INTERVAL = 60 * SECOND;
const T = 1_800_000_000_000;
const at = (seconds: number) => T + seconds * SECOND;

describe('since when anchors are held back', () => {
  it.each<[string, number[], number, number, number]>([
    ['no due time', [], 0, -1000, 0],
    ['one whose quiet has not begun', [300], 0, -1000, 0],
    ['one to come', [50], 0, -1000, -70],
    ['one that has passed', [-50], 0, -1000, 0],
    ['one just passed, another to come within its quiet', [-50, 60], 0, -1000, -170],
    ['a chain, in whatever order', [100, -200, 0, -100], 0, -1000, -320],
    ['a chain with a gap', [60, -50, -175], 0, -1000, -170],
    ['a chain since whose beginning an anchor was made', [100, 0, -100], 0, -20, -20],
  ])('%s', (_what, dues, now, last, since) => {
    expect(heldSince(dues.map(at), at(now), at(last), QUIET)).toBe(at(since));
  });
});

describe('the quiet before a due time', () => {
  it.each([
    [0, 600, 600],
    [600, 600, 600],
    [601, 600, 150],
    [720, 600, 150],
    [721, 600, 0],
    [31, 30, 30],
    [150, 30, 30],
    [151, 30, 0],
    [61, 60, 30],
    [3, 2, 2],
  ])('after %i seconds of holding, of a quiet of %i, is %i', (held, quiet, left) => {
    const rule = { quiet: quiet * SECOND, interval: INTERVAL };
    expect(quietAfter(held * SECOND, rule)).toBe(left * SECOND);
  });

  /** The promise is twice the interval, the quiet, and a minute (file-records.ts). */
  it('keeps no anchor from being sent for longer than is promised, however closely due times follow', () => {
    const rule = { quiet: 600 * SECOND, interval: INTERVAL };
    for (const apart of [1, 7, 20, 40, 140, 160, 300, 599]) {
      const dues = Array.from({ length: 4000 }, (_, i) => T + (i + 1) * apart * SECOND);
      let last = T - 660 * SECOND;
      let longest = 0;
      for (let now = T; now < T + 3600 * SECOND; now += SECOND) {
        const near = dues.filter((due) => due > last && due <= now + rule.quiet);
        const quiet = quietAfter(now - heldSince(near, now, last, rule.quiet), rule);
        if (near.some((due) => now < due && now >= due - quiet)) continue;
        longest = Math.max(longest, now - Math.max(last, T));
        last = now;
      }
      expect(longest, `${apart} s apart`).toBeLessThanOrEqual(rule.quiet + 2 * rule.interval + SECOND);
      expect(last).toBeGreaterThan(T + 2000 * SECOND);
    }
  });
});
