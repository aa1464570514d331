import { rankingInput } from '@/lib/procedure/acts/evaluation';
import type { BidOpening } from '@/lib/procedure/acts/opening-input';
import { openBid } from '@/lib/procedure/open-bid';
import { scopes } from '@/lib/procedure/scopes';
import { all, bidsToOpen, last, type Filed, type Process } from '@/lib/procedure/state';
import { rankBids } from '@/lib/ranking/rank';
import { canonicalText } from '@/lib/record/jcs';
import type { Steps, TenderCheckSources } from './check-tender';
import { row, type CheckRow } from './report';

type Tell = (found: CheckRow) => void;

/** What the registry recorded of a bid's opening, in the shape that `openBid` gives; null when it recorded none. */
function recordedOpening(scope: Process, bid: string): BidOpening | null {
  const valid = all(scope, 'bid-opened').find((f) => f.data.bid === bid)?.data;
  if (valid) {
    const { seed, consortium, declarations, priceForm, files } = valid;
    return { outcome: 'valid', bid, seed, consortium, declarations, priceForm, files };
  }
  const invalid = all(scope, 'bid-invalid').find((f) => f.data.bid === bid)?.data;
  return invalid ? { outcome: 'invalid', bid, seed: invalid.seed, code: invalid.code } : null;
}

/**
 * The report lists every leaf of the stage `bids`: one that is not among the proven records, nor was erased by an order, is
 * kept from the public, which the chain's count alone would only call incomplete.
 */
export function checkReports(process: Process, erased: ReadonlySet<string>, tell: Tell): void {
  const shown = new Set(process.filed.map(({ commitment }) => commitment));
  for (const scope of scopes(process)) {
    const report = last(scope, 'opening-report');
    const leaves = report?.data.leaves.map(({ commitment }) => commitment) ?? [];
    for (const id of leaves.filter((leaf) => !shown.has(leaf) && !erased.has(leaf)))
      tell(row('openings', 'bid-not-shown', { id, name: '', stage: 2, detail: id }));
  }
}

/** Opens every bid of every opening that was reported, again, from the sealed file and what members released. */
export async function checkOpenings(
  process: Process,
  sources: TenderCheckSources,
  steps: Steps,
  tell: Tell,
): Promise<void> {
  const reported = scopes(process).filter((scope) => last(scope, 'opening-report') !== null);
  const openings = reported.flatMap((scope) => bidsToOpen(scope).map((bid) => ({ scope, bid })));
  steps.expect(openings.length);
  for (const { scope, bid } of openings) {
    tell(await checkOpening(scope, bid, sources));
    steps.done();
  }
}

async function checkOpening(
  scope: Process,
  bid: Filed<'bid'>,
  sources: TenderCheckSources,
): Promise<CheckRow> {
  const about = { id: bid.id, name: bid.data.tenderer.name, stage: 3 };
  const recorded = recordedOpening(scope, bid.commitment);
  if (recorded === null) return row('openings', 'opening-left-out', about);
  const envelope = await sources.envelope(bid.data.envelope);
  if (envelope === null) return row('openings', 'envelope-missing', about);
  const opened = await openBid(scope, bid, envelope, sources.newHash);
  if (opened === null) {
    // Excluded because its tenderer gave nothing that opens it: that is what the record says too.
    const excluded = recorded.outcome === 'invalid' && recorded.code === 'undecided';
    return row('openings', excluded ? 'opening-same' : 'opening-undecided', about);
  }
  const same = canonicalText(opened) === canonicalText(recorded);
  const detail = opened.outcome === 'valid' ? priceOf(opened) : opened.code;
  return row('openings', same ? 'opening-same' : 'opening-differs', { ...about, detail });
}

const priceOf = ({ priceForm }: Extract<BidOpening, { outcome: 'valid' }>): string =>
  priceForm === null ? '' : `${priceForm.total} ${priceForm.currency}`;

/** Ranks the opened bids of every ranked scope again, by the notice's criteria and the disclosed sheets. */
export function checkRankings(process: Process, tell: Tell): void {
  for (const scope of scopes(process)) {
    const recorded = last(scope, 'ranking');
    if (recorded === null) continue;
    const computed = rankBids(rankingInput(scope));
    const same = canonicalText(computed) === canonicalText(recorded.data.rows);
    const about = { id: recorded.id, name: scope.unit?.lot ?? '', stage: 4 };
    tell(row('ranking', same ? 'ranking-same' : 'ranking-differs', about));
  }
}
