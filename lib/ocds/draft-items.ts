import { quantitySchema } from '../record/money';
import type { NoticeDraft } from '../record/notice';
import { decimalText } from './decimal';
import { isObject, type Json, type JsonObject } from './json';
import { boundedText, says, type LeftOut } from './left-out';
import { textOf } from './read-package';

type DraftItem = NoticeDraft['items'][number];
const MOST_ITEMS = 200;
const TAKEN = new Set(['id', 'description', 'quantity', 'unit', 'classification', 'relatedLot']);
const MOST_LOTS = 100;
const LOT_TAKEN = new Set(['id', 'title', 'description', 'status']);

/** `tender.items[]`: what is bought, how much, in which unit. Prices are for the bidders to write. */
export function draftItems(value: Json | undefined, lots: readonly string[], left: LeftOut): DraftItem[] {
  const items = Array.isArray(value) ? value.filter(isObject) : [];
  if (items.length > MOST_ITEMS) left.note('items', 'too-many');
  const used = new Set<string>();
  return items.slice(0, MOST_ITEMS).map((item, i) => {
    const at = left.under('items', i);
    const lot = textOf(item.relatedLot);
    if (lot !== '' && lots.length > 0 && !lots.includes(lot)) at.note('relatedLot', 'not-usable');
    return { ...draftItem(item, i, used, at), ...(lots.includes(lot) ? { relatedLot: lot } : {}) };
  });
}

/** `tender.lots[]`: name and description; a single lot is none, since the tender is then bid for as one. */
export function draftLots(value: Json | undefined, left: LeftOut): NoticeDraft['lots'] {
  const lots = Array.isArray(value) ? value.filter(isObject) : [];
  if (lots.length < 2) return [];
  if (lots.length > MOST_LOTS) left.note('lots', 'too-many');
  const used = new Set<string>();
  return lots.slice(0, MOST_LOTS).flatMap((lot, i) => {
    const at = left.under('lots', i);
    const id = textOf(lot.id);
    if (id === '' || id.length > 60 || used.has(id)) {
      at.note('id', 'not-usable');
      return [];
    }
    used.add(id);
    Object.keys(lot)
      .filter((key) => !LOT_TAKEN.has(key) && says(lot[key]))
      .forEach((key) => at.note(key, 'no-field'));
    const title = boundedText(lot.title, 300, at, 'title');
    return [{ id, title, description: boundedText(lot.description, 2000, at, 'description') }];
  });
}

function draftItem(item: JsonObject, index: number, used: Set<string>, left: LeftOut): DraftItem {
  const unit = isObject(item.unit) ? item.unit : {};
  if (says(unit.value)) left.under('unit').note('value', 'unit-price');
  Object.keys(item)
    .filter((key) => !TAKEN.has(key) && says(item[key]))
    .forEach((key) => left.note(key, 'no-field'));
  const classification = isObject(item.classification)
    ? draftClassification(item.classification, left)
    : null;
  return {
    id: itemId(textOf(item.id), index, used),
    description: boundedText(item.description, 2000, left, 'description'),
    quantity: quantity(item, left),
    unit: boundedText(textOf(unit.name) === '' ? unit.id : unit.name, 60, left, 'unit'),
    ...(classification ? { classification } : {}),
  };
}

/** Ids repeat in real data, across lots; a notice's may not. */
function itemId(stated: string, index: number, used: Set<string>): string {
  const free = (id: string) => id !== '' && id.length <= 60 && !used.has(id);
  let id = free(stated) ? stated : String(index + 1);
  for (let n = 2; !free(id); n += 1) id = `${index + 1}-${n}`;
  used.add(id);
  return id;
}

function quantity(item: JsonObject, left: LeftOut): string {
  const text = decimalText(item.quantity);
  if (text !== null && quantitySchema.safeParse(text).success) return text;
  if (says(item.quantity)) left.note('quantity', 'quantity-not-exact');
  return '';
}

function draftClassification(value: JsonObject, left: LeftOut): DraftItem['classification'] | null {
  const at = left.under('classification');
  const scheme = boundedText(value.scheme, 60, at, 'scheme');
  const id = boundedText(value.id, 60, at, 'id');
  if (scheme === '' || id === '') {
    if (says(value)) left.note('classification', 'not-usable');
    return null;
  }
  return { scheme, id, description: boundedText(value.description, 500, at, 'description') };
}
