import { priceNow } from '@/lib/server/chain/fees';
import type { PartReport } from '@/lib/server/health';
import type { ChainWorld, SenderRole } from '@/lib/server/chain-world';
import type { World } from '@/lib/server/world';
import { COVER_EVERY } from './sequencer';

const DAY = 86_400_000;
/** Spending is judged by so many days. */
const WINDOW = 7;
/** Fewer days than this is low. */
const LOW = 7;

/** What calls cost, in gas: the dearest of each in contracts/GAS.md, to which a test holds them. */
export const GAS = {
  extendLog: 115_447,
  openTender: 298_422,
  closeStage: 88_887,
  announceAward: 82_266,
} as const;

/** Gas of one procedure from its publication to the end of its contract, undivided: eight stages close. */
const GAS_OF_PROCEDURE = GAS.openTender + 8 * GAS.closeStage + GAS.announceAward;

interface Spending {
  /** In wei a day. */
  rate: bigint;
  /** The most that a node wants to see on the account before it takes one call: the whole limit at the highest fee. */
  dearest: bigint;
}

/**
 * What a role's transactions cost lately. The gas used is the limit less its quarter of room; the price was half the highest
 * fee and the tip, since a fee leaves room for twice the base fee.
 */
async function lately(world: World, role: SenderRole): Promise<Spending> {
  const now = world.clock.now();
  const rows = await world.db.$queryRaw<{ cost: string; upFront: string; signedAt: Date }[]>`
    SELECT trunc(a."gasLimit"::numeric * 4 / 5 * (a."maxFeePerGas" + a."maxPriorityFeePerGas") / 2)::text AS cost,
           (a."gasLimit"::numeric * a."maxFeePerGas")::text AS "upFront",
           a."signedAt"
      FROM chain_calls c JOIN chain_attempts a ON a.hash = c.hash
     WHERE c.status = 'final' AND c."createdAt" > ${new Date(now - WINDOW * DAY)} AND c.role = ${role}
     ORDER BY a."signedAt" LIMIT 100000`;
  const total = rows.map((row) => BigInt(row.cost)).reduce((sum, cost) => sum + cost, 0n);
  // Since the first transaction in the window, at least a day: a registry that began an hour ago is not judged by an hour.
  const days = Math.max(1, (now - (rows[0]?.signedAt.getTime() ?? now)) / DAY);
  return {
    rate: (total * 1000n) / BigInt(Math.ceil(days * 1000)),
    dearest: rows.map((row) => BigInt(row.upFront)).reduce(most, 0n),
  };
}

const most = (a: bigint, b: bigint) => (a > b ? a : b);

/**
 * What a role will need at the present price, whatever it did lately: an anchor an interval, or for each cover commitment
 * where those come less often; one procedure a day.
 */
async function toBeExpected(world: World, chain: ChainWorld, role: SenderRole): Promise<Spending> {
  const fees = await chain.transactions.suggestFees();
  const anchors = Math.ceil(86_400 / Math.max(world.env.ANCHOR_INTERVAL_SECONDS, COVER_EVERY));
  const [daily, dearest] =
    role === 'anchorer' ? [anchors * GAS.extendLog, GAS.extendLog] : [GAS_OF_PROCEDURE, GAS.openTender];
  return {
    rate: BigInt(daily) * priceNow(fees),
    dearest: (BigInt(dearest) * fees.maxFeePerGas * 5n) / 4n,
  };
}

/** How many days the balance of each sending account lasts, by what it did and what it will have to do; the worse is told. */
export async function balanceHealth(world: World, chain: ChainWorld): Promise<PartReport> {
  let worst: PartReport = { part: 'balance', state: 'ok', code: 'ok', facts: {} };
  let fewest = Infinity;
  let least: bigint | null = null;
  for (const role of ['anchorer', 'registrar'] as const) {
    const { address } = chain.keys[role];
    const balance = await chain.transactions.balance(address);
    const [past, coming] = [await lately(world, role), await toBeExpected(world, chain, role)];
    const [rate, dearest] = [most(past.rate, coming.rate), most(past.dearest, coming.dearest)];
    least = least === null || balance < least ? balance : least;
    if (balance <= dearest) {
      const facts = { wei: String(balance), address, role };
      return { part: 'balance', state: 'down', code: 'empty', facts };
    }
    if (rate === 0n) continue;
    const days = Number(balance) / Number(rate);
    if (days >= fewest) continue;
    fewest = days;
    const low = days < LOW;
    const facts = { days: Math.floor(Math.min(days, 100_000)), address, role };
    worst = { part: 'balance', state: low ? 'warning' : 'ok', code: low ? 'low' : 'ok', facts };
  }
  return { ...worst, facts: { ...worst.facts, wei: String(least) } };
}
