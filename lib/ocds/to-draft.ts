import { standardStatements } from '../procedure/statements';
import type { NoticeDraft, OrganizationRef } from '../record/notice';
import { draftCriteria } from './draft-criteria';
import { draftItems, draftLots } from './draft-items';
import { boundedText, LeftOut, type Left } from './left-out';
import { isObject, type JsonObject } from './json';
import { draftValue } from './draft-value';
import { noteWhatIsLeft } from './note-left';
import { textOf, type ReleaseChoice } from './read-package';

/** What a template cannot say: the officer's own organization, the registry's settings, and today. */
export interface DraftDefaults {
  organization: OrganizationRef;
  /** BCP 47, where the release names no language. */
  language: string;
  /** ISO 4217, where the release names no currency. */
  currency: string;
  rulePack: string;
  /** Seconds. */
  standstill: number;
  /** Milliseconds since the epoch: deadlines before it are left out. */
  now: number;
  criterionTitles: { price: string; quality: string };
}

export interface TemplateDraft {
  draft: NoticeDraft;
  /** What was not taken, in the order of the release. */
  left: Left[];
}

/** A draft with nothing written yet. */
export function emptyDraft(defaults: DraftDefaults): NoticeDraft {
  const { organization, language, currency, rulePack, standstill } = defaults;
  return {
    title: '',
    description: '',
    language,
    mainProcurementCategory: '',
    buyer: { ...organization },
    procuringEntity: { ...organization },
    value: { amount: '', currency },
    budget: { source: '' },
    currency,
    items: [],
    lots: [],
    envelopes: 'one',
    statements: standardStatements(language),
    criteria: draftCriteria({}, defaults.criterionTitles, new LeftOut([])),
    bidsDue: '',
    standstill,
    rulePack,
  };
}

const CATEGORIES = ['goods', 'works', 'services'];

/**
 * A draft from a release chosen in `readPackage`. The organization is the officer's own; of the template's, only where it
 * came from is kept. Results, people and links stay out, each with its reason. A new ocid is not minted here.
 */
export function draftFromRelease(
  chosen: ReleaseChoice,
  publisher: string,
  defaults: DraftDefaults,
): TemplateDraft {
  const { release } = chosen;
  const left = new LeftOut([]);
  const tender = isObject(release.tender) ? release.tender : {};
  const at = left.under('tender');
  if (!chosen.hasTender) left.note('tender', 'no-tender');
  const value = draftValue(tender, defaults.currency, at);
  const lots = draftLots(tender.lots, at);
  const draft: NoticeDraft = {
    ...emptyDraft(defaults),
    title: boundedText(tender.title, 300, at, 'title'),
    description: boundedText(tender.description, 10_000, at, 'description'),
    language: language(release, defaults.language, left),
    mainProcurementCategory: category(tender, at),
    value,
    currency: value.currency,
    lots,
    items: draftItems(
      tender.items,
      lots.map((lot) => lot.id),
      at,
    ),
    criteria: draftCriteria(tender, defaults.criterionTitles, at),
    bidsDue: futureDeadline(tender, defaults.now, at),
    template: {
      ocid: chosen.ocid.slice(0, 200),
      releaseId: chosen.id.slice(0, 200),
      publisher: publisher.slice(0, 300),
    },
  };
  const contractPeriod = futurePeriod(tender, defaults.now, at);
  if (contractPeriod) draft.contractPeriod = contractPeriod;
  noteWhatIsLeft(release, tender, left);
  return { draft, left: left.entries };
}

function language(release: JsonObject, fallback: string, left: LeftOut): string {
  const stated = textOf(release.language);
  // Real data has "ES" and "es_MX".
  const [primary = '', ...rest] = stated.replaceAll('_', '-').split('-');
  const tag = [primary.toLowerCase(), ...rest].join('-');
  if (tag.length <= 40 && /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag)) return tag;
  if (stated !== '') left.note('language', 'not-usable');
  return fallback;
}

function category(tender: JsonObject, left: LeftOut): string {
  const stated = textOf(tender.mainProcurementCategory);
  if (CATEGORIES.includes(stated)) return stated;
  if (stated !== '') left.note('mainProcurementCategory', 'not-usable');
  return '';
}

/** A closing time that is still to come, to the whole second that the chain keeps. */
function futureDeadline(tender: JsonObject, now: number, left: LeftOut): string {
  const period = isObject(tender.tenderPeriod) ? tender.tenderPeriod : {};
  const end = Date.parse(textOf(period.endDate));
  if (!Number.isNaN(end) && end > now) return `${new Date(end).toISOString().slice(0, 19)}.000Z`;
  if (textOf(period.endDate) !== '' || textOf(period.startDate) !== '')
    left.note('tenderPeriod', 'old-dates');
  return '';
}

function futurePeriod(tender: JsonObject, now: number, left: LeftOut): NoticeDraft['contractPeriod'] {
  const period = isObject(tender.contractPeriod) ? tender.contractPeriod : {};
  const [startDate, endDate] = [day(textOf(period.startDate)), day(textOf(period.endDate))];
  if (startDate === null && endDate === null) return undefined;
  if (startDate === null || endDate === null || startDate > endDate) {
    left.note('contractPeriod', 'not-usable');
    return undefined;
  }
  if (Date.parse(startDate) > now) return { startDate, endDate };
  left.note('contractPeriod', 'old-dates');
  return undefined;
}

/** The calendar day as the publisher wrote it, in the publisher's own zone; null when there is no such day. */
function day(text: string): string | null {
  const date = /^\d{4}-\d\d-\d\d/.exec(text)?.[0];
  if (date === undefined) return null;
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date) ? date : null;
}
