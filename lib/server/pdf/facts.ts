import recordsEn from '@/lib/i18n/messages/en/records.json';
import recordsZh from '@/lib/i18n/messages/zh/records.json';
import type { AppLocale } from '@/lib/i18n/routing';
import type { TenderRecord } from '@/lib/record/record';

/** A line of a printed page: what it is, and what it says. */
export type Fact = readonly [string, string];

const TITLES: Record<AppLocale, Readonly<Record<string, { title: string } | undefined>>> = {
  en: recordsEn,
  zh: recordsZh,
};

export const recordTitle = (type: string, language: AppLocale): string =>
  TITLES[language][type]?.title ?? type;

/** RFC 3339 in UTC, as people read it. */
export const instant = (time: string): string => time.replace('T', ' ').replace(/\.000Z$|Z$/, ' UTC');

/** No line of the page holds 64 digits. */
export const digits = (hex: string): string => (hex.match(/(?:0x)?.{1,32}/g) ?? []).join('\n');
/** Nor a column of a table 32. */
export const shortDigits = (hex: string): string => (hex.match(/.{1,22}/g) ?? []).join('\n');

/** The tenderer by name where the record has one, else the organization as the record has it. */
export function filer({ data, actor }: TenderRecord): string {
  return nameOf(data.tenderer) ?? actor.organization;
}

export const unitName = ({ lot, part }: { lot: string; part: string }): string =>
  [lot, part].filter((name) => name !== '').join(', ') || '–';

/** The name of an organization in a record's data (`{id, name}`). */
function nameOf(organization: unknown): string | undefined {
  if (typeof organization !== 'object' || organization === null || !('name' in organization))
    return undefined;
  return typeof organization.name === 'string' ? organization.name : undefined;
}
