import { isObject, type Json, type JsonObject } from './json';
import { says, type LeftOut, type LeftReason } from './left-out';

/** Parts of a release that are never taken; the rest that is not taken has no field in a notice. */
const RELEASE: Readonly<Record<string, LeftReason>> = {
  awards: 'results',
  contracts: 'results',
  bids: 'results',
  buyer: 'other-organization',
  parties: 'other-organization',
};
const TENDER: Readonly<Record<string, LeftReason>> = {
  tenderers: 'tenderers',
  numberOfTenderers: 'tenderers',
  procuringEntity: 'other-organization',
  documents: 'documents',
  enquiryPeriod: 'old-dates',
  awardPeriod: 'old-dates',
};
/** Identify the old process or were dealt with field by field. */
const KNOWN_RELEASE = new Set([
  'ocid',
  'id',
  'date',
  'tag',
  'initiationType',
  'language',
  'tender',
  'planning',
]);
const KNOWN_TENDER = new Set([
  ...['id', 'title', 'description', 'status', 'mainProcurementCategory', 'value', 'contractPeriod'],
  ...['items', 'lots'],
  ...['tenderPeriod', 'awardCriteria', 'awardCriteriaDetails'],
]);

/** Says of every part of the release that has content and was not taken why it was not. */
export function noteWhatIsLeft(release: JsonObject, tender: JsonObject, left: LeftOut): void {
  note(tender, TENDER, KNOWN_TENDER, left.under('tender'));
  noteContacts(tender.procuringEntity, left.under('tender'), 'procuringEntity');
  const planning = isObject(release.planning) ? release.planning : {};
  note(planning, { documents: 'documents', budget: 'budget' }, new Set(), left.under('planning'));
  note(release, RELEASE, KNOWN_RELEASE, left);
  noteContacts(release.buyer, left, 'buyer');
  if (!Array.isArray(release.parties)) return;
  release.parties.forEach((party, i) => noteContacts(party, left.under('parties'), i));
}

function note(
  object: JsonObject,
  reasons: Readonly<Record<string, LeftReason>>,
  known: ReadonlySet<string>,
  left: LeftOut,
): void {
  Object.keys(object)
    .filter((key) => !known.has(key) && says(object[key]))
    .forEach((key) =>
      left.note(key, Object.hasOwn(reasons, key) ? (reasons[key] ?? 'no-field') : 'no-field'),
    );
}

/** People are named one by one: an officer should see that no e-mail address came along. */
function noteContacts(organization: Json | undefined, left: LeftOut, key: string | number): void {
  if (!isObject(organization)) return;
  for (const name of ['contactPoint', 'additionalContactPoints', 'persons'])
    if (says(organization[name])) left.under(key).note(name, 'contact');
}
