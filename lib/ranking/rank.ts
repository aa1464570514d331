import type { OrganizationRef } from '../record/notice';

/** The award criteria, the opened prices and the disclosed sheets: the ranking is a function of these alone. */
export interface RankingInput {
  criteria: readonly { id: string; kind: 'price' | 'quality'; weight: number }[];
  bids: readonly { bid: string; tenderer: OrganizationRef; total: string }[];
  /** One sheet per evaluator; scores from 0 to 100. */
  sheets: readonly (readonly { bid: string; criterion: string; score: number }[])[];
}

export interface RankedBid {
  bid: string;
  tenderer: OrganizationRef;
  total: string;
  /** Weighted points in millionths, rounded down. */
  points: { criterion: string; micro: number }[];
  totalMicro: number;
  rank: number;
}

const MICRO = 1_000_000n;

/** A decimal string with at most two decimals, in hundredths. */
function hundredths(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'));
}

/** Lowest price ÷ this price × weight; a price of zero takes the whole weight. */
function pricePoints(total: bigint, lowest: bigint, weight: number): bigint {
  if (total === 0n) return BigInt(weight) * MICRO;
  return (lowest * BigInt(weight) * MICRO) / total;
}

/** Mean of the evaluators' scores ÷ 100 × weight. */
function qualityPoints(scores: readonly number[], weight: number): bigint {
  if (scores.length === 0) return 0n;
  const sum = scores.reduce((a, b) => a + b, 0);
  return (BigInt(sum) * BigInt(weight) * MICRO) / (100n * BigInt(scores.length));
}

/**
 * Ranks the valid bids by their weighted points, most first; of equal points the lower price comes first, then both
 * share the rank. Integers throughout, so that every language computes the same.
 */
export function rankBids({ criteria, bids, sheets }: RankingInput): RankedBid[] {
  const prices = bids.map((b) => hundredths(b.total));
  const lowest = prices.reduce((a, b) => (b < a ? b : a), prices[0] ?? 0n);
  const rows = bids.map((b) => {
    const price = hundredths(b.total);
    const points = criteria.map((c) => {
      const scores = sheets.flatMap((s) =>
        s.filter((x) => x.bid === b.bid && x.criterion === c.id).map((x) => x.score),
      );
      const micro =
        c.kind === 'price' ? pricePoints(price, lowest, c.weight) : qualityPoints(scores, c.weight);
      return { criterion: c.id, micro: Number(micro) };
    });
    return { ...b, price, points, totalMicro: points.reduce((sum, p) => sum + p.micro, 0) };
  });
  const before = (a: (typeof rows)[number], b: (typeof rows)[number]) =>
    b.totalMicro - a.totalMicro || (a.price < b.price ? -1 : a.price > b.price ? 1 : 0);
  const sorted = rows.toSorted((a, b) => before(a, b) || (a.bid < b.bid ? -1 : 1));
  return sorted.map(({ price: _price, ...row }) => ({
    ...row,
    // As many as come strictly before, plus one: equals share a rank.
    rank:
      1 + sorted.filter((other) => before(other, sorted.find((s) => s.bid === row.bid) ?? other) < 0).length,
  }));
}
