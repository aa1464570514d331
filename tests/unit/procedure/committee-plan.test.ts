import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advisedThreshold,
  committeeAdvice,
  mostNeeded,
  wronglyBound,
  type PlannedMember,
} from '@/lib/procedure/committee-plan';

const members = (n: number): PlannedMember[] => Array.from({ length: n }, () => ({ seat: 'observer' }));
const deputy = (deputyFor?: number): PlannedMember => ({
  seat: 'deputy',
  ...(deputyFor === undefined ? {} : { deputyFor }),
});

/** Members, then deputies bound to some of them or to nobody. */
const plans = fc
  .tuple(
    fc.integer({ min: 1, max: 6 }),
    fc.array(fc.option(fc.integer({ min: 1, max: 6 })), { maxLength: 4 }),
  )
  .map(([n, deputies]) => [
    ...members(n),
    ...deputies.map((of) => deputy(of === null ? undefined : Math.min(of, n))),
  ]);

/** By trying every set of lost keys: the fewest that leave less than k seats. */
function fewestFatal(k: number, plan: readonly PlannedMember[]): number {
  let fewest = plan.length;
  for (let lost = 0; lost < 1 << plan.length; lost += 1) {
    const has = (at: number) => (lost & (1 << at)) === 0;
    const left = plan.filter(
      (member, at) =>
        member.deputyFor === undefined && (has(at) || plan.some((d, i) => d.deputyFor === at + 1 && has(i))),
    ).length;
    const count = lost.toString(2).replaceAll('0', '').length;
    if (left < k) fewest = Math.min(fewest, count);
  }
  return fewest;
}

describe('advice on a committee', () => {
  it('counts the keys that may be lost as trying every loss does', () => {
    fc.assert(
      fc.property(plans, fc.nat(), (plan, draw) => {
        const k = 1 + (draw % mostNeeded(plan));
        const advice = committeeAdvice(k, plan);
        expect(advice.fatalLosses).toBe(fewestFatal(k, plan));
        expect(advice.holders).toBe(plan.length);
        expect(advice.seats).toBe(mostNeeded(plan));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [1, 1, ['one-of-one'], 1],
    [1, 3, ['one-alone'], 3],
    [2, 3, [], 2],
    [3, 3, ['all-needed'], 1],
    [2, 2, ['all-needed'], 1],
    [2, 5, ['minority'], 4],
    [3, 5, [], 3],
    [3, 6, ['minority'], 4],
    [4, 7, [], 4],
    [7, 11, [], 5],
    [11, 11, ['all-needed'], 1],
  ] as const)('%i of %i: %j, lost with %i keys', (k, n, warnings, fatalLosses) => {
    expect(committeeAdvice(k, members(n))).toMatchObject({ warnings, fatalLosses });
  });

  it('counts deputies as people who hold keys, and as ones who can save a seat', () => {
    const plan = [...members(3), deputy(1), deputy(2), deputy(3)];
    expect(committeeAdvice(3, plan)).toEqual({
      holders: 6,
      seats: 3,
      fatalLosses: 2,
      warnings: ['minority'],
    });
    expect(committeeAdvice(3, [...members(3), deputy(1)]).warnings).toEqual(['all-needed']);
    // A reserve bound to nobody is one more who can release.
    expect(committeeAdvice(3, [...members(3), deputy()])).toMatchObject({ seats: 4, fatalLosses: 2 });
  });

  it('advises more than half, never more than there are seats', () => {
    expect([1, 2, 3, 4, 5, 7, 11].map((n) => advisedThreshold(members(n)))).toEqual([1, 2, 2, 3, 3, 4, 6]);
    fc.assert(
      fc.property(plans, (plan) => {
        expect(advisedThreshold(plan)).toBeLessThanOrEqual(mostNeeded(plan));
        expect(advisedThreshold(plan)).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('finds deputies of nobody, of themselves, of other deputies, and members who are none', () => {
    expect(wronglyBound([...members(2), deputy(1), deputy()])).toBeNull();
    for (const wrong of [deputy(9), deputy(3), deputy(4), { seat: 'observer', deputyFor: 1 } as const])
      expect(wronglyBound([...members(2), wrong, deputy(1)])).toBe(2);
  });
});
