import { isWellFormed } from '@/lib/record/unicode';

/**
 * Texts, anywhere in an input, that no record and no database column can hold: half a surrogate pair has no canonical
 * form (RFC 8785 §3.2.2.2), and PostgreSQL stores no NUL. Told at the door, by field, instead of failing half-way.
 * @returns field path (dotted) → message code
 */
export function unstorableTexts(value: unknown, path = ''): Record<string, string> {
  if (typeof value === 'string')
    return isWellFormed(value) && !value.includes('\0') ? {} : { [path]: 'control-characters' };
  if (typeof value !== 'object' || value === null) return {};
  const inner = Object.entries(value).map(([key, child]) =>
    unstorableTexts(child, path ? `${path}.${key}` : key),
  );
  return Object.assign({}, ...inner) as Record<string, string>;
}
