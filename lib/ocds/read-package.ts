import {
  isObject,
  jsonPath,
  JsonNumber,
  JsonSyntaxError,
  readJson,
  type Json,
  type JsonObject,
} from './json';
import { OcdsFault, PACKAGE_FAULTS, type PackageFault, type Step } from './package-fault';

/** A package larger than this is not a template that somebody wants to look through. In UTF-16 units. */
export const MAX_PACKAGE_LENGTH = 20_000_000;

export interface ReleaseChoice {
  /** Position among all releases of the file, from 0. */
  index: number;
  /** JSON path of the release in the file. */
  path: string;
  ocid: string;
  id: string;
  /** As written: real data has dates that are none. */
  date: string;
  tag: string[];
  title: string;
  /** The buyer's name, from `buyer` or from `parties`; "" when the release names none. */
  buyer: string;
  /** Whether it has a `tender` object, without which there is little to take. */
  hasTender: boolean;
  release: JsonObject;
}

export type PackageResult =
  | { ok: true; publisher: string; releases: ReleaseChoice[] }
  | { ok: false; path: string; code: PackageFault; sentence: { en: string; zh: string } };

/**
 * Reads an OCDS 1.1 release package, a record package with embedded releases, a bare release, or several of them
 * after each other. What a template does not need may be wrong; what it needs is refused with its JSON path.
 */
export function readPackage(text: string): PackageResult {
  if (text.length > MAX_PACKAGE_LENGTH) return refused('$', 'too-large');
  try {
    const documents = readJson(text);
    const several = documents.length > 1;
    const found = documents.flatMap((value, i) => releasesOf(value, several ? [i] : []));
    const releases = found.map(({ value, path }, index) => choice(value, path, index));
    const names = documents.map((d) =>
      isObject(d) && isObject(d.publisher) ? textOf(d.publisher.name) : '',
    );
    return { ok: true, publisher: names.find((name) => name !== '') ?? '', releases };
  } catch (error) {
    if (error instanceof OcdsFault) return refused(error.path, error.code);
    if (!(error instanceof JsonSyntaxError)) throw error;
    return refused(
      `${error.path} (${error.line}:${error.column})`,
      error.fault === 'syntax' ? 'not-json' : 'too-deep',
    );
  }
}

const refused = (path: string, code: PackageFault): PackageResult => ({
  ok: false,
  path,
  code,
  sentence: PACKAGE_FAULTS[code],
});

/** A text, a number as its digits (ids), or "". */
export function textOf(value: Json | undefined): string {
  if (typeof value === 'string') return value.trim();
  return value instanceof JsonNumber ? value.literal : '';
}

interface Found {
  value: Json;
  path: Step[];
}

const listed = (values: readonly Json[], path: Step[]): Found[] =>
  values.map((value, i) => ({ value, path: [...path, i] }));

function releasesOf(document: Json, path: Step[]): Found[] {
  if (!isObject(document)) throw new OcdsFault(path, 'not-an-object');
  const version = textOf(document.version);
  if (version !== '' && !/^1(\.|$)/.test(version)) throw new OcdsFault([...path, 'version'], 'version');
  if ('records' in document) return releasesOfRecords(document.records, [...path, 'records']);
  if ('releases' in document) {
    const releases = arrayAt(document.releases, [...path, 'releases']);
    if (releases.length === 0) throw new OcdsFault([...path, 'releases'], 'empty');
    return listed(releases, [...path, 'releases']);
  }
  if ('ocid' in document && ('tender' in document || 'tag' in document)) return [{ value: document, path }];
  throw new OcdsFault([...path, 'releases'], 'missing');
}

function releasesOfRecords(value: Json | undefined, path: Step[]): Found[] {
  const records = arrayAt(value, path);
  if (records.length === 0) throw new OcdsFault(path, 'empty');
  return records.flatMap((record, i) => {
    const at = [...path, i];
    if (!isObject(record)) throw new OcdsFault(at, 'not-an-object');
    const all =
      record.releases == null
        ? []
        : listed(arrayAt(record.releases, [...at, 'releases']), [...at, 'releases']);
    // A linked release (record package schema, `linkedReleases`) is an address, not a release.
    const embedded = all.filter((r) => !(isObject(r.value) && 'url' in r.value && !('ocid' in r.value)));
    const compiled =
      record.compiledRelease == null
        ? []
        : [{ value: record.compiledRelease, path: [...at, 'compiledRelease'] }];
    if (embedded.length + compiled.length > 0) return [...embedded, ...compiled];
    throw new OcdsFault([...at, 'releases'], all.length > 0 ? 'linked' : 'missing');
  });
}

function choice(value: Json, path: Step[], index: number): ReleaseChoice {
  if (!isObject(value)) throw new OcdsFault(path, 'not-an-object');
  const ocid = textOf(value.ocid);
  if (ocid === '') throw new OcdsFault([...path, 'ocid'], 'missing');
  const id = textOf(value.id);
  if (id === '') throw new OcdsFault([...path, 'id'], 'missing');
  checkTender(value.tender, [...path, 'tender']);
  const tender = isObject(value.tender) ? value.tender : {};
  const tag = Array.isArray(value.tag) ? value.tag.map(textOf) : [textOf(value.tag)];
  return {
    index,
    path: jsonPath(path),
    ocid,
    id,
    date: textOf(value.date),
    tag: tag.filter((t) => t !== ''),
    title: textOf(tender.title),
    buyer: buyerName(value),
    hasTender: isObject(value.tender),
    release: value,
  };
}

/** The shapes that a template is made of. Null counts as absent: OCDS allows it nearly everywhere. */
function checkTender(tender: Json | undefined, path: Step[]): void {
  if (tender == null) return;
  if (!isObject(tender)) throw new OcdsFault(path, 'not-an-object');
  for (const key of ['title', 'description', 'mainProcurementCategory'] as const)
    if (tender[key] != null && typeof tender[key] !== 'string')
      throw new OcdsFault([...path, key], 'not-a-text');
  for (const key of ['value', 'contractPeriod', 'tenderPeriod'] as const)
    if (tender[key] != null && !isObject(tender[key])) throw new OcdsFault([...path, key], 'not-an-object');
  if (tender.items == null) return;
  arrayAt(tender.items, [...path, 'items']).forEach((item, i) => {
    if (!isObject(item)) throw new OcdsFault([...path, 'items', i], 'not-an-object');
    for (const key of ['unit', 'classification'] as const)
      if (item[key] != null && !isObject(item[key]))
        throw new OcdsFault([...path, 'items', i, key], 'not-an-object');
  });
}

function arrayAt(value: Json | undefined, path: Step[]): Json[] {
  if (value == null) throw new OcdsFault(path, 'missing');
  if (!Array.isArray(value)) throw new OcdsFault(path, 'not-a-list');
  return value;
}

/** OCDS 1.1 puts organizations into `parties`; older and real data have them in place, in whole or in part. */
function buyerName(release: JsonObject): string {
  const own = isObject(release.buyer) ? textOf(release.buyer.name) : '';
  if (own !== '') return own;
  const parties = Array.isArray(release.parties) ? release.parties.filter(isObject) : [];
  const byId = isObject(release.buyer) ? textOf(release.buyer.id) : '';
  const party = parties.find((p) =>
    byId === '' ? Array.isArray(p.roles) && p.roles.includes('buyer') : textOf(p.id) === byId,
  );
  return textOf(party?.name);
}
