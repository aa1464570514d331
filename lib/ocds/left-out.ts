import { JsonNumber, isObject, jsonPath, type Json } from './json';
import { textOf } from './read-package';

/** Why a part of a template is not taken. Each has a sentence in the messages (`draft.left.<reason>`). */
export const LEFT_REASONS = [
  'no-tender',
  'results',
  'tenderers',
  'contact',
  'other-organization',
  'documents',
  'budget',
  'old-dates',
  'amount-missing',
  'amount-not-exact',
  'currency-not-usable',
  'quantity-not-exact',
  'too-long',
  'too-many',
  'not-usable',
  'unit-price',
  'no-field',
] as const;
export type LeftReason = (typeof LEFT_REASONS)[number];

export interface Left {
  /** JSON path inside the release, e.g. `$.tender.tenderers`. */
  path: string;
  reason: LeftReason;
}

/** Collects what is left out; `under` gives the same list one step deeper. */
export class LeftOut {
  readonly entries: Left[];
  readonly steps: readonly (string | number)[];

  constructor(entries: Left[], steps: readonly (string | number)[] = []) {
    this.entries = entries;
    this.steps = steps;
  }

  under(...steps: (string | number)[]): LeftOut {
    return new LeftOut(this.entries, [...this.steps, ...steps]);
  }

  note(key: string | number, reason: LeftReason): void {
    const path = jsonPath([...this.steps, key]);
    if (!this.entries.some((e) => e.path === path && e.reason === reason))
      this.entries.push({ path, reason });
  }
}

/** Whether a value says anything: real data is full of nulls, empty texts and empty objects. */
export function says(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === false || value === '') return false;
  if (value instanceof JsonNumber) return true;
  if (Array.isArray(value)) return value.some(says);
  return isObject(value) ? Object.values(value).some(says) : true;
}

/** Half of a surrogate pair (no record may hold one), and control characters but tab and line ends. */
const UNWRITABLE =
  /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** The text of a field, without what a notice may not hold; cut to `max`, which is noted. */
export function boundedText(value: Json | undefined, max: number, left: LeftOut, key: string): string {
  const text = textOf(value).replace(UNWRITABLE, ' ').trim();
  if (text.length <= max) return text;
  left.note(key, 'too-long');
  // Never through the middle of a character.
  const end = /[\ud800-\udbff]/.test(text[max - 1] ?? '') ? max - 1 : max;
  return text.slice(0, end).trim();
}
