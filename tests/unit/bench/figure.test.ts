import { describe, expect, it } from 'vitest';
import { BENCHES } from '@/lib/bench/benches';
import { judge, median, percentile, sideBySide, type Figure } from '@/lib/bench/figure';
import { figureText } from '@/lib/bench/report';

const figure: Figure = {
  name: 'work',
  unit: 'ms',
  runs: [10, 30, 20],
  floor: { name: 'its floor', runs: [10, 10, 20] },
  wanted: [{ of: 'ratio', atMost: 1.5 }],
};

describe('figures of a bench', () => {
  it('are medians, of the ratios run by run too', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(judge(figure)).toMatchObject({ value: 20, floorValue: 10, ratio: 1, met: true });
  });

  it('take the nearest rank as percentile', () => {
    const values = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect(percentile(values, 0.95)).toBe(95);
    expect(percentile(values, 1)).toBe(100);
    expect(percentile([7], 0.95)).toBe(7);
  });

  it.each([
    [[{ of: 'ratio', atMost: 0.99 }], false],
    [[{ of: 'ratio', atLeast: 1 }], true],
    [[{ of: 'value', atLeast: 20 }], true],
    [[{ of: 'value', atMost: 19 }], false],
    [[{ of: 'value', below: 20 }], false],
    [[{ of: 'value', below: 20.1 }], true],
    [
      [
        { of: 'value', atMost: 20 },
        { of: 'ratio', atLeast: 1.1 },
      ],
      false,
    ],
  ] as const)('hold or not: %j %s', (wanted, met) => {
    const judged = judge({ ...figure, wanted: [...wanted] });
    expect(judged.met).toBe(met);
    expect(figureText(judged).startsWith(met ? '✓' : '✗')).toBe(true);
  });

  it('are not met without a value, nor a ratio without a floor', () => {
    const { floor: _floor, ...bare } = figure;
    expect(judge(bare).met).toBe(false);
    expect(judge({ ...figure, runs: [], wanted: [{ of: 'value', atMost: 5 }] }).met).toBe(false);
    expect(judge({ ...figure, runs: [Infinity], wanted: [{ of: 'value', atMost: 5 }] }).met).toBe(false);
  });

  it('are taken in turn with their floor', async () => {
    const order: string[] = [];
    const floor = (round: number) => order.push(`floor ${round}`);
    const subject = (round: number) => order.push(`subject ${round}`);
    const { runs, floorRuns } = await sideBySide(2, floor, subject);
    expect(order).toEqual(['floor 0', 'subject 0', 'floor 1', 'subject 1']);
    expect([runs, floorRuns]).toEqual([
      [2, 4],
      [1, 3],
    ]);
  });

  it('belong to benches that can be loaded', async () => {
    for (const load of Object.values(BENCHES)) expect((await load()).about).not.toBe('');
  });
});
