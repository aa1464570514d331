import { noticeSchema, type NoticeDraft } from '@/lib/record/notice';
import type { Messages } from '@/lib/i18n/namespaces';
import { rulePack } from '@/lib/procedure/rules/packs';

/** The parts in which a notice is written, each on a page of its own. */
export const SECTIONS = [
  'notice',
  'lots',
  'items',
  'criteria',
  'statements',
  'deadlines',
  'documents',
] as const;
export type Section = (typeof SECTIONS)[number];

/** What may be wrong with a field: keys of the messages `errors.fields`. */
export type ProblemCode = keyof Messages['errors']['fields'];

export interface Problem {
  /** Dotted, as field names are. */
  path: string;
  code: ProblemCode;
}

const SECTION_OF: Readonly<Record<string, Section>> = {
  lots: 'lots',
  envelopes: 'lots',
  items: 'items',
  criteria: 'criteria',
  statements: 'statements',
  bidsDue: 'deadlines',
  standstill: 'deadlines',
  rulePack: 'deadlines',
};

export const sectionOf = (path: string): Section => SECTION_OF[path.split('.')[0] ?? ''] ?? 'notice';

/** Everything that keeps this draft from being published, at most one problem for a field. */
export function draftProblems(draft: NoticeDraft, now: number): Problem[] {
  const found = new Map<string, ProblemCode>();
  const add = (path: string, code: ProblemCode) => {
    if (!found.has(path)) found.set(path, code);
  };
  const parsed = noticeSchema.safeParse(JSON.parse(JSON.stringify(draft)));
  for (const issue of parsed.error?.issues ?? []) {
    const path = issue.path.map(String).join('.');
    add(path, codeOf(path, issue.message, draft));
  }
  // The schema looks at the whole only once every field is right; an officer wants to see the sum before that.
  if (draft.criteria.length > 0) {
    if (draft.criteria.reduce((sum, c) => sum + c.weight, 0) !== 100) add('criteria', 'weights-not-100');
    if (draft.criteria.filter((c) => c.kind === 'price').length !== 1) add('criteria', 'one-price-criterion');
  }
  lotProblems(draft).forEach(({ path, code }) => add(path, code));
  clockProblems(draft, now).forEach(({ path, code }) => add(path, code));
  return [...found].map(([path, code]) => ({ path, code }));
}

/** What the schema says of lots once every field is right; an officer wants to see it before that. */
function lotProblems({ lots, items, envelopes, criteria }: NoticeDraft): Problem[] {
  const problems: Problem[] = [];
  const known = new Set(lots.map((lot) => lot.id));
  items.forEach((item, i) => {
    if (lots.length > 0 && !known.has(item.relatedLot ?? ''))
      problems.push({ path: `items.${i}.relatedLot`, code: 'lot' });
  });
  lots.forEach((lot, i) => {
    if (!items.some((item) => item.relatedLot === lot.id))
      problems.push({ path: `lots.${i}.title`, code: 'lot-empty' });
  });
  if (envelopes === 'two' && !criteria.some((c) => c.kind === 'quality'))
    problems.push({ path: 'criteria', code: 'quality-criterion' });
  return problems;
}

function clockProblems(draft: NoticeDraft, now: number): Problem[] {
  const pack = rulePack(draft.rulePack);
  if (!pack) return [{ path: 'rulePack', code: 'unknown' }];
  const due = Date.parse(draft.bidsDue);
  const problems: Problem[] = [];
  if (due < now + pack.rules['notice-to-deadline'].value * 1000)
    problems.push({ path: 'bidsDue', code: 'too-early' });
  if (draft.standstill < pack.rules.standstill.value)
    problems.push({ path: 'standstill', code: 'too-short' });
  return problems;
}

/** The schemas' own codes; a sentence of zod's is none of them. */
const CODES: ReadonlySet<string> = new Set<ProblemCode>([
  ...([
    'required',
    'too-long',
    'control-characters',
    'amount',
    'quantity',
    'currency',
    'language',
    'items',
  ] as const),
  ...([
    'criteria',
    'weight',
    'weights-not-100',
    'one-price-criterion',
    'duplicate-id',
    'currency-differs',
  ] as const),
  ...(['standstill', 'period', 'too-many', 'lot', 'lot-empty', 'quality-criterion'] as const),
]);

function codeOf(path: string, message: string, draft: NoticeDraft): ProblemCode {
  if (path === 'bidsDue') return 'whole-second';
  if (path === 'envelopes') return 'unknown';
  if (path === 'mainProcurementCategory' || path.endsWith('.kind')) return 'unknown';
  if (path.startsWith('contractPeriod') && message !== 'period') return 'date';
  if (message === 'amount' && draft.value.amount.trim() === '') return 'required';
  const quantity = /^items\.(\d+)\.quantity$/.exec(path)?.[1];
  if (quantity !== undefined && draft.items[Number(quantity)]?.quantity.trim() === '') return 'required';
  return CODES.has(message) ? (message as ProblemCode) : 'invalid';
}
