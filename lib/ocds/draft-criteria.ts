import type { NoticeDraft } from '../record/notice';
import type { JsonObject } from './json';
import { boundedText, type LeftOut } from './left-out';
import { textOf } from './read-package';

/** Codes of the `awardCriteria` codelist that let the price alone decide, the deprecated ones included. */
const PRICE_ALONE = new Set(['priceOnly', 'lowestCost']);

/**
 * OCDS 1.1 names the kind of criteria, never weights: the price alone where the release says so, else price 60 and
 * quality 40 as a start, with the release's own words beside the quality for the officer to turn into criteria.
 */
export function draftCriteria(
  tender: JsonObject,
  titles: { price: string; quality: string },
  left: LeftOut,
): NoticeDraft['criteria'] {
  const kind = textOf(tender.awardCriteria);
  const words = boundedText(tender.awardCriteriaDetails, 2000, left, 'awardCriteriaDetails');
  const price = { id: 'price', kind: 'price', title: titles.price, description: '', weight: 60 };
  if (PRICE_ALONE.has(kind)) return [{ ...price, description: words, weight: 100 }];
  if (kind !== '') left.note('awardCriteria', 'not-usable');
  return [price, { id: 'quality', kind: 'quality', title: titles.quality, description: words, weight: 40 }];
}
