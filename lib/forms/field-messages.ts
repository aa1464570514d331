import type { Messages } from '@/lib/i18n/namespaces';
import type { FieldErrors } from './act-result';

/** The part of a zod 4 issue that a message is made of. */
export interface FieldIssue {
  code?: string | undefined;
  path: PropertyKey[];
  message: string;
  input?: unknown;
  origin?: string;
  format?: string;
  minimum?: number | bigint | string;
  maximum?: number | bigint | string;
}

type InvalidKey = keyof Messages['ui']['invalid'];
/** `useTranslations('ui.invalid')`, or the like of it in a test. */
export type InvalidTranslator = (key: InvalidKey, values?: Record<string, string | number>) => string;

/** The path as field names write it. */
export function fieldPath(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}

/** Sentences for the codes that schemas give as messages ("weights-not-100"): the texts `errors.fields`. */
export type FieldSentences = Readonly<Record<string, string>>;

/**
 * What is wrong with a field, in the reader's language. A schema's own code or sentence comes first, because it knows
 * the rule; the generic sentences only know the shape.
 */
export function issueMessage(
  issue: FieldIssue,
  t: InvalidTranslator,
  sentences: FieldSentences = {},
): string {
  if (Object.hasOwn(sentences, issue.message)) return sentences[issue.message] ?? '';
  switch (issue.code) {
    case 'custom':
      return issue.message;
    case 'too_small':
      return tooSmall(issue, t);
    case 'too_big':
      return tooBig(issue, t);
    case 'invalid_type':
      return t(issue.input === undefined || issue.input === null ? 'required' : 'unknown');
    case 'invalid_value':
    case 'invalid_union':
      return t('choose');
    case 'invalid_format':
      return invalidFormat(issue, t);
    default:
      return t('unknown');
  }
}

function tooSmall(issue: FieldIssue, t: InvalidTranslator): string {
  const minimum = String(issue.minimum ?? '');
  if (issue.origin === 'string') {
    return Number(minimum) <= 1 ? t('required') : t('tooShort', { minimum: Number(minimum) });
  }
  if (issue.origin === 'array' || issue.origin === 'set') return t('tooFew', { minimum });
  return t('tooSmall', { minimum });
}

function tooBig(issue: FieldIssue, t: InvalidTranslator): string {
  const maximum = String(issue.maximum ?? '');
  if (issue.origin === 'string') return t('tooLong', { maximum: Number(maximum) });
  if (issue.origin === 'array' || issue.origin === 'set') return t('tooMany', { maximum });
  return t('tooLarge', { maximum });
}

function invalidFormat(issue: FieldIssue, t: InvalidTranslator): string {
  if (issue.format === 'email') return t('email');
  if (issue.format === 'datetime' || issue.format === 'date') return t('date');
  return t('format');
}

/** The first issue of every field, in the order of the schema. */
export function fieldErrorsOf(
  issues: readonly FieldIssue[],
  t: InvalidTranslator,
  sentences?: FieldSentences,
): FieldErrors {
  const errors: FieldErrors = {};
  for (const issue of issues) {
    const path = fieldPath(issue.path);
    errors[path] ??= issueMessage(issue, t, sentences);
  }
  return errors;
}
