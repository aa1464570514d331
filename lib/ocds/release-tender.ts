import { last, type Filed, type Process } from '../procedure/state';
import type { Item, Notice } from '../record/notice';
import { exactNumber } from './decimal';
import type { Json, JsonObject } from './json';
import { releaseDocuments, releaseValue, type ReleaseOptions } from './release-parts';

/** `tender` of the release: the notice, its period from the chain, and after the opening who bid. */
export function releaseTender(process: Process, filed: Filed<'notice'>, options: ReleaseOptions): JsonObject {
  const { tender } = filed.data;
  const opening = process.chain.opening;
  const bids = last(process, 'opening-report')?.data.bids ?? null;
  const tenderers = bids && [...new Map(bids.map((b) => [b.tenderer.id, b.tenderer])).values()];
  return {
    id: process.ocid,
    title: tender.title,
    description: tender.description,
    status: status(process),
    procuringEntity: { ...tender.procuringEntity },
    items: tender.items.map(releaseItem),
    value: releaseValue(tender.value),
    procurementMethod: 'open',
    mainProcurementCategory: tender.mainProcurementCategory,
    ...releaseCriteria(tender),
    submissionMethod: ['electronicSubmission'],
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

/** `tenderStatus` codelist. */
function status(process: Process): string {
  if (last(process, 'tender-unsuccessful')) return 'unsuccessful';
  return last(process, 'award-announced') ? 'complete' : 'active';
}

function releaseItem(item: Item): Json {
  const { classification } = item;
  return {
    id: item.id,
    description: item.description,
    ...(classification ? { classification: { ...classification } } : {}),
    quantity: exactNumber(item.quantity),
    unit: { name: item.unit },
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
