import type { Filed } from '../procedure/state';
import type { Item } from '../record/notice';
import type { RecordDocument } from '../record/record';
import { exactNumber } from './decimal';
import type { Json, JsonObject } from './json';

export interface ReleaseOptions {
  /** Origin of the pages and the API, without a slash at the end: documents are linked under it. */
  baseUrl: string;
}

/** `Document` (release schema), at the address where its bytes are served. */
export function releaseDocuments(filed: Filed, documentType: string, options: ReleaseOptions): Json[] {
  return filed.documents.map((d: RecordDocument) => ({
    id: d.id,
    documentType,
    title: d.title,
    url: `${options.baseUrl}/api/v1/documents/${filed.id}/${d.id}`,
    datePublished: filed.time,
    format: d.mediaType,
    ...(d.language === 'und' ? {} : { language: d.language }),
  }));
}

/** `Value`: the amount as a number with every digit of the record. */
export const releaseValue = (value: { amount: string; currency: string }): JsonObject => ({
  amount: exactNumber(value.amount),
  currency: value.currency,
});

/** `Item`, with its lot where there are some (lots extension). */
export function releaseItem(item: Item): JsonObject {
  const { classification, relatedLot } = item;
  return {
    id: item.id,
    description: item.description,
    ...(classification ? { classification: { ...classification } } : {}),
    quantity: exactNumber(item.quantity),
    unit: { name: item.unit },
    ...(relatedLot === undefined ? {} : { relatedLot }),
  };
}
