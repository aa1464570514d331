import { all, last, type Filed, type Process } from '../procedure/state';
import { scopes } from '../procedure/scopes';
import type { Notice, OrganizationRef } from '../record/notice';
import { exactNumber } from './decimal';
import type { Json, JsonObject } from './json';
import { releaseDocuments, releaseItem, releaseValue, type ReleaseOptions } from './release-parts';

/** `tender` of the release: the notice, its period from the chain, and after the opening who bid. */
export function releaseTender(process: Process, filed: Filed<'notice'>, options: ReleaseOptions): JsonObject {
  const { tender } = filed.data;
  const opening = process.chain.opening;
  const tenderers = tenderersOf(process);
  return {
    id: process.ocid,
    title: tender.title,
    description: tender.description,
    status: status(process),
    procuringEntity: { ...tender.procuringEntity },
    items: tender.items.map(releaseItem),
    ...(tender.lots.length > 0 ? { lots: tender.lots.map((lot) => releaseLot(process, lot)) } : {}),
    value: releaseValue(tender.value),
    procurementMethod: 'open',
    mainProcurementCategory: tender.mainProcurementCategory,
    ...releaseCriteria(tender),
    submissionMethod: ['electronicSubmission'],
    ...(tender.envelopes === 'two' ? { submissionMethodDetails: TWO_ENVELOPES } : {}),
    // The chain's clock decides: what it says, not what the notice hoped for.
    ...(opening ? { tenderPeriod: { startDate: opening.time, endDate: opening.bidsDue } } : {}),
    ...(tender.contractPeriod ? { contractPeriod: releasePeriod(tender.contractPeriod) } : {}),
    ...(tenderers
      ? {
          numberOfTenderers: exactNumber(String(tenderers.length)),
          tenderers: tenderers.map((t) => ({ ...t })),
        }
      : {}),
    documents: releaseDocuments(filed, 'biddingDocuments', options),
  };
}

/** OCDS has no field for the number of envelopes. */
const TWO_ENVELOPES =
  'Two envelopes for each bid: the technical one is opened first; the financial one only of tenderers who passed it.';

/** Everybody whose bid was opened in some lot, each once; null before the first opening. */
export function tenderersOf(process: Process): OrganizationRef[] | null {
  const reports = all(process, 'opening-report');
  if (reports.length === 0) return null;
  const bids = reports.flatMap((report) => report.data.bids);
  return [...new Map(bids.map((b) => [b.tenderer.id, b.tenderer])).values()];
}

type Status = 'active' | 'unsuccessful' | 'complete';

/** `tenderStatus` codelist, of one scope. A technical part is never awarded: it counts by its financial one. */
function statusOf(scope: Process): Status {
  if (last(scope, 'tender-unsuccessful')) return 'unsuccessful';
  return last(scope, 'award-announced') ? 'complete' : 'active';
}

const awarded = (process: Process, lot?: string): Process[] =>
  scopes(process).filter(
    ({ unit }) => unit?.part !== 'technical' && (lot === undefined || unit?.lot === lot),
  );

/** Of the whole: complete when no lot is under way any more and one at least was awarded. */
function status(process: Process): Status {
  const all = awarded(process).map(statusOf);
  if (all.includes('active')) return 'active';
  return all.includes('complete') ? 'complete' : 'unsuccessful';
}

/** `Lot` (lots extension). */
function releaseLot(process: Process, { id, title, description }: Notice['lots'][number]): Json {
  const [scope] = awarded(process, id);
  return {
    id,
    title,
    ...(description === '' ? {} : { description }),
    status: scope ? statusOf(scope) : 'active',
  };
}

/** OCDS 1.1 has no field for weights: they are written out in `awardCriteriaDetails`. */
function releaseCriteria(tender: Notice): JsonObject {
  const details = tender.criteria.map(
    (c) => `${c.title} (${c.weight} %)${c.description ? `: ${c.description}` : ''}`,
  );
  return {
    awardCriteria: tender.criteria.every((c) => c.kind === 'price') ? 'priceOnly' : 'ratedCriteria',
    awardCriteriaDetails: details.join('; '),
  };
}

/** Whole days, from the first moment to the last second of them. */
const releasePeriod = (period: { startDate: string; endDate: string }): JsonObject => ({
  startDate: `${period.startDate}T00:00:00Z`,
  endDate: `${period.endDate}T23:59:59Z`,
});
