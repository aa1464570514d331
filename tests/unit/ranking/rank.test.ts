import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankBids, type RankedBid, type RankingInput } from '@/lib/ranking/rank';

/* A literal reading of the method, in exact fractions: slow, and without any of the tricks of the real one. */
type Fraction = { n: bigint; d: bigint };
const fraction = (n: bigint, d = 1n): Fraction => ({ n, d });
const times = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.n, a.d * b.d);
const over = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d, a.d * b.n);
const plus = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
const less = (a: Fraction, b: Fraction) => a.n * b.d < b.n * a.d;
const floorOfMillionths = (a: Fraction) => Number((a.n * 1_000_000n) / a.d);

function decimal(text: string): Fraction {
  const [whole = '', decimals = ''] = text.split('.');
  return fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
}

function naivePoints(input: RankingInput, bid: RankingInput['bids'][number]): number[] {
  return input.criteria.map((criterion) => {
    const weight = fraction(BigInt(criterion.weight));
    if (criterion.kind === 'price') {
      const prices = input.bids.map((b) => decimal(b.total));
      const lowest = prices.reduce((a, b) => (less(b, a) ? b : a));
      const price = decimal(bid.total);
      return floorOfMillionths(price.n === 0n ? weight : times(over(lowest, price), weight));
    }
    const scores = input.sheets.flatMap((sheet) =>
      sheet.filter((s) => s.bid === bid.bid && s.criterion === criterion.id).map((s) => BigInt(s.score)),
    );
    if (scores.length === 0) return 0;
    const sum = scores.map((s) => fraction(s)).reduce(plus);
    const mean = over(sum, fraction(BigInt(scores.length)));
    return floorOfMillionths(times(over(mean, fraction(100n)), weight));
  });
}

/** More points come first; of as many, the lower price; then nobody. */
function naiveRank(input: RankingInput, bid: RankingInput['bids'][number]): number {
  const total = (b: typeof bid) => naivePoints(input, b).reduce((a, p) => a + p, 0);
  const ahead = input.bids.filter((other) => {
    if (total(other) !== total(bid)) return total(other) > total(bid);
    return less(decimal(other.total), decimal(bid.total));
  });
  return ahead.length + 1;
}

const organization = (i: number) => ({ id: `org-${i}`, name: `Organization ${i}` });
const price = fc
  .tuple(fc.integer({ min: 0, max: 2000 }), fc.constantFrom('', '.5', '.05', '.99', '.10'))
  .map(([whole, decimals]) => `${whole}${decimals}`);

const rankingInput = fc
  .record({
    prices: fc.array(fc.oneof(price, fc.constantFrom('0', '100', '999999999999999.99')), {
      minLength: 1,
      maxLength: 8,
    }),
    weight: fc.integer({ min: 1, max: 99 }),
    split: fc.integer({ min: 1, max: 98 }),
    evaluators: fc.constantFrom(1, 3, 5, 7),
    scores: fc.infiniteStream(fc.integer({ min: 0, max: 100 })),
  })
  .map(({ prices, weight, split, evaluators, scores }): RankingInput => {
    const first = Math.min(split, 100 - weight);
    const criteria: RankingInput['criteria'][number][] = [{ id: 'price', kind: 'price', weight }];
    criteria.push({ id: 'quality', kind: 'quality', weight: first });
    if (100 - weight - first > 0)
      criteria.push({ id: 'term', kind: 'quality', weight: 100 - weight - first });
    const bids = prices.map((total, i) => ({
      bid: `${i}`.padStart(64, 'a'),
      tenderer: organization(i),
      total,
    }));
    const sheet = () =>
      bids.flatMap(({ bid }) =>
        criteria
          .filter((c) => c.kind === 'quality')
          .map((c) => ({ bid, criterion: c.id, score: scores.next().value as number })),
      );
    return { criteria, bids, sheets: Array.from({ length: evaluators }, sheet) };
  });

const byBid = (rows: RankedBid[]) => rows.toSorted((a, b) => (a.bid < b.bid ? -1 : 1));

describe('ranking', () => {
  it('agrees with the exact, literal reading of the method', () => {
    fc.assert(
      fc.property(rankingInput, (input) => {
        const ranked = rankBids(input);
        expect(ranked).toHaveLength(input.bids.length);
        for (const bid of input.bids) {
          const row = ranked.find((r) => r.bid === bid.bid)!;
          expect(row.points.map((p) => p.micro)).toEqual(naivePoints(input, bid));
          expect(row.rank).toBe(naiveRank(input, bid));
          expect(row).toMatchObject({ tenderer: bid.tenderer, total: bid.total });
        }
      }),
      { numRuns: 300 },
    );
  });

  it('does not depend on the order of bids, sheets or scores', () => {
    fc.assert(
      fc.property(rankingInput, (input) => {
        const turned: RankingInput = {
          criteria: input.criteria,
          bids: input.bids.toReversed(),
          sheets: input.sheets.toReversed().map((s) => s.toReversed()),
        };
        expect(rankBids(turned)).toEqual(rankBids(input));
      }),
    );
  });

  it('comes in the order of rank, never gives more than the weights, and somebody is first', () => {
    fc.assert(
      fc.property(rankingInput, (input) => {
        const ranked = rankBids(input);
        const ranks = ranked.map((r) => r.rank);
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        expect(ranks[0]).toBe(1);
        for (const row of ranked) {
          expect(row.totalMicro).toBe(row.points.reduce((a, p) => a + p.micro, 0));
          expect(row.totalMicro).toBeLessThanOrEqual(100_000_000);
        }
      }),
    );
  });

  it('is not worse for a lower price, the others and the scores being equal', () => {
    fc.assert(
      fc.property(rankingInput, (input) => {
        const [mine] = byBid(rankBids(input));
        const halved = String(Math.floor(Number(input.bids[0]!.total) / 2));
        const bids = input.bids.map((b, i) => (i === 0 ? { ...b, total: halved } : b));
        const after = byBid(rankBids({ ...input, bids }))[0]!;
        expect(after.rank).toBeLessThanOrEqual(mine!.rank);
      }),
    );
  });

  const criteria = [
    { id: 'price', kind: 'price', weight: 60 },
    { id: 'quality', kind: 'quality', weight: 40 },
  ] as const;
  const bid = (i: number, total: string) => ({
    bid: `${i}`.padStart(64, '0'),
    tenderer: organization(i),
    total,
  });
  const score = (i: number, value: number) => ({
    bid: `${i}`.padStart(64, '0'),
    criterion: 'quality',
    score: value,
  });
  const shown = (rows: RankedBid[]) => rows.map((r) => [r.tenderer.id, r.totalMicro, r.rank]);

  it('lets equal points and equal prices share a rank, and the next be counted on', () => {
    const bids = [bid(1, '100'), bid(2, '100.00'), bid(3, '200')];
    const sheets = [[score(1, 50), score(2, 50), score(3, 50)]];
    expect(shown(rankBids({ criteria, bids, sheets }))).toEqual([
      ['org-1', 80_000_000, 1],
      ['org-2', 80_000_000, 1],
      ['org-3', 50_000_000, 3],
    ]);
  });

  it('puts the lower price first among equal points', () => {
    const bids = [bid(1, '200'), bid(2, '100')];
    // 30 + 40 against 60 + 10.
    const sheets = [[score(1, 100), score(2, 25)]];
    expect(shown(rankBids({ criteria, bids, sheets }))).toEqual([
      ['org-2', 70_000_000, 1],
      ['org-1', 70_000_000, 2],
    ]);
  });

  it('gives a price of zero the whole weight, and every other price nothing', () => {
    const rows = rankBids({ criteria, bids: [bid(1, '0'), bid(2, '0.00'), bid(3, '0.01')], sheets: [] });
    expect(rows.map((r) => r.points[0]!.micro)).toEqual([60_000_000, 60_000_000, 0]);
  });

  it('rounds down to a millionth of a point, never up', () => {
    const rows = rankBids({
      criteria,
      bids: [bid(1, '1'), bid(2, '3')],
      sheets: [[score(1, 0), score(2, 0)]],
    });
    expect(rows.map((r) => r.points[0]!.micro)).toEqual([60_000_000, 20_000_000]);
    const sevenths = rankBids({ criteria, bids: [bid(1, '1'), bid(2, '7')], sheets: [] });
    expect(sevenths[1]!.points[0]!.micro).toBe(8_571_428);
    const thirds = rankBids({
      criteria,
      bids: [bid(1, '1')],
      sheets: [[score(1, 100)], [score(1, 100)], [score(1, 0)]],
    });
    expect(thirds[0]!.points[1]!.micro).toBe(26_666_666);
  });

  it('ranks nobody when there is nobody', () => {
    expect(rankBids({ criteria, bids: [], sheets: [] })).toEqual([]);
  });
});
