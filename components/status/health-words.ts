import { formatDuration } from '@/lib/i18n/format';
import type { AppLocale } from '@/lib/i18n/routing';

/** The texts of the namespace `status`, as far as they are looked up by a name that is data. */
export interface Lookup {
  (key: string, values: Record<string, string | number>): string;
  has(key: string): boolean;
  raw(key: string): unknown;
}

export interface HealthWords {
  what: string;
  /** What becomes of it, and what somebody has to do. */
  done: string | null;
}

/** A report as it comes: the code may be one that these texts do not know yet, and facts may be missing. */
interface Report {
  part: string;
  state: string;
  code: string;
  facts: Record<string, string | number>;
}

/** Texts and codes end up on a page: no report makes it longer than this. */
const LONGEST = 100;

function valuesOf(facts: Report['facts'], locale: AppLocale): Report['facts'] {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => {
      if (name === 'seconds') return [name, formatDuration(Number(value) * 1000, locale)];
      return [name, typeof value === 'number' ? value : String(value).slice(0, LONGEST)];
    }),
  );
}

/** A text in words, or null: no such text, or one whose arguments the facts do not give. */
function say(t: Lookup, key: string, values: Report['facts']): string | null {
  // A name that every object inherits is no text.
  const needed = t.has(key) ? argumentsOf(t.raw(key)) : null;
  return needed?.every((name) => Object.hasOwn(values, name)) ? t(key, values) : null;
}

/** What a text wants filled in, whether it was parsed when it was built (`["since ", ["time"]]`) or not; null for no text. */
function argumentsOf(text: unknown): string[] | null {
  if (typeof text === 'string')
    return [...text.matchAll(/\{\s*(\w+)\s*[,}]/g)].map((match) => match[1] ?? '');
  if (!Array.isArray(text)) return null;
  return text.flatMap((part: unknown) => (Array.isArray(part) ? [String(part[0])] : []));
}

const isCode = (code: string) => /^[a-z-]{1,60}$/.test(code);

/** What the audit found, in words; a finding without words is named. */
export function alarmWords(t: Lookup, code: string): string {
  const words = isCode(code) ? say(t, `alarms.findings.${code}`, {}) : null;
  return words ?? t('alarms.unknown', { code: code.slice(0, LONGEST) });
}

/** Why a witness could not be reached, or refused. */
export function witnessWords(t: Lookup, error: string): string {
  const words = isCode(error) ? say(t, `witnesses.errors.${error}`, {}) : null;
  return words ?? t('witnesses.unknown', { code: error.slice(0, LONGEST) });
}

/** What a part's report means. A code without words is told as it stands. */
export function healthWords(t: Lookup, { part, state, code, facts }: Report, locale: AppLocale): HealthWords {
  const values = valuesOf(facts, locale);
  const places = isCode(code) ? [`health.${part}.${code}`, `health.general.${code}`] : [];
  for (const place of places) {
    const what = say(t, `${place}.what`, values);
    if (what !== null) return { what, done: say(t, `${place}.done`, values) };
  }
  if (state === 'ok') return { what: t('health.general.fine.what', {}), done: null };
  const named = { code: code.slice(0, LONGEST) };
  return { what: t('health.general.unknown.what', named), done: t('health.general.unknown.done', named) };
}
