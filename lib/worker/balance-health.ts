import type { PartReport } from '@/lib/server/health';
import type { ChainWorld, SenderRole } from '@/lib/server/chain-world';
import type { World } from '@/lib/server/world';

const DAY = 86_400_000;
/** Spending is judged by so many days. */
const WINDOW = 7;
/** Fewer days than this is low. */
const LOW = 7;

interface Spending {
  /** In wei. */
  total: bigint;
  /** The most that a node wanted to see on the account before it took one: the whole limit at the highest fee. */
  dearest: bigint;
  /** Since the first transaction in the window, at least one: a registry that began an hour ago is not judged by an hour. */
  days: number;
}

/**
 * What a role's transactions cost lately. The gas used is the limit less its quarter of room; the price was half the highest
 * fee and the tip, since a fee leaves room for twice the base fee.
 */
async function spending(world: World, role: SenderRole): Promise<Spending> {
  const now = world.clock.now();
  const rows = await world.db.$queryRaw<{ cost: string; upFront: string; signedAt: Date }[]>`
    SELECT trunc(a."gasLimit"::numeric * 4 / 5 * (a."maxFeePerGas" + a."maxPriorityFeePerGas") / 2)::text AS cost,
           (a."gasLimit"::numeric * a."maxFeePerGas")::text AS "upFront",
           a."signedAt"
      FROM chain_calls c JOIN chain_attempts a ON a.hash = c.hash
     WHERE c.status = 'final' AND c."createdAt" > ${new Date(now - WINDOW * DAY)} AND c.role = ${role}
     ORDER BY a."signedAt" LIMIT 100000`;
  const costs = rows.map((row) => BigInt(row.cost));
  const first = rows[0]?.signedAt.getTime() ?? now;
  return {
    total: costs.reduce((sum, cost) => sum + cost, 0n),
    dearest: rows.map((row) => BigInt(row.upFront)).reduce((most, cost) => (cost > most ? cost : most), 0n),
    days: Math.max(1, (now - first) / DAY),
  };
}

/** How long the balance of each sending account lasts at the present rate; the worse of the two is told. */
export async function balanceHealth(world: World, chain: ChainWorld): Promise<PartReport> {
  let worst: PartReport = { part: 'balance', state: 'ok', code: 'ok', facts: {} };
  let fewest = Infinity;
  let least: bigint | null = null;
  for (const role of ['anchorer', 'registrar'] as const) {
    const { address } = chain.keys[role];
    const [balance, spent] = [await chain.transactions.balance(address), await spending(world, role)];
    least = least === null || balance < least ? balance : least;
    if (balance <= spent.dearest) {
      const facts = { wei: String(balance), address, role };
      return { part: 'balance', state: 'down', code: 'empty', facts };
    }
    if (spent.total === 0n) continue;
    const days = (Number(balance) / Number(spent.total)) * spent.days;
    if (days >= fewest) continue;
    fewest = days;
    const low = days < LOW;
    const facts = { days: Math.floor(Math.min(days, 100_000)), address, role };
    worst = { part: 'balance', state: low ? 'warning' : 'ok', code: low ? 'low' : 'ok', facts };
  }
  return { ...worst, facts: { ...worst.facts, wei: String(least) } };
}
