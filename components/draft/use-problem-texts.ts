import { useTranslations } from 'next-intl';
import type { Problem } from './problems';

const FIELD_NAMES: Readonly<Record<string, FieldName>> = {
  title: 'title',
  description: 'description',
  language: 'language',
  mainProcurementCategory: 'category',
  'buyer.id': 'buyerId',
  'buyer.name': 'buyerName',
  'value.amount': 'value',
  'value.currency': 'currency',
  currency: 'currency',
  'budget.source': 'budget',
  'contractPeriod.startDate': 'startDate',
  'contractPeriod.endDate': 'endDate',
  items: 'items',
  lots: 'lots',
  envelopes: 'envelopes',
  statements: 'statements',
  criteria: 'criteria',
  bidsDue: 'bidsDue',
  standstill: 'standstill',
};
type FieldName =
  | 'title'
  | 'description'
  | 'language'
  | 'category'
  | 'buyerId'
  | 'buyerName'
  | 'value'
  | 'currency'
  | 'budget'
  | 'startDate'
  | 'endDate'
  | 'items'
  | 'lots'
  | 'envelopes'
  | 'statements'
  | 'criteria'
  | 'bidsDue'
  | 'standstill';

/** The lists of a draft, each with the fields of its rows that have a name of their own. */
const ROW_FIELDS = {
  items: ['description', 'quantity', 'unit', 'relatedLot'],
  lots: ['title', 'description'],
  criteria: ['title', 'weight', 'kind', 'description'],
  statements: ['kind', 'text'],
} as const;
type List = keyof typeof ROW_FIELDS;

/** `items.2.unit` → the list, the place from one, and the field. */
function rowOf(path: string): { list: List; n: number; field: string } | null {
  const [list = '', index = '', ...rest] = path.split('.');
  if (!Object.hasOwn(ROW_FIELDS, list) || !/^\d+$/.test(index)) return null;
  return { list: list as List, n: Number(index) + 1, field: rest.join('.') };
}

/** A problem in words: beside its field, and in a list where the field must be named. */
export function useProblemTexts() {
  const t = useTranslations('draft');
  const sentence = useTranslations('errors.fields');
  const field = (problem: Problem): string => sentence(problem.code);
  const placeOf = (row: { list: List; n: number }): string => t(`${row.list}.row`, { n: row.n });
  const name = (path: string): string => {
    const row = rowOf(path);
    if (!row) return FIELD_NAMES[path] ? t(`field.${FIELD_NAMES[path]}`) : '';
    const column = ROW_FIELDS[row.list].find((known) => known === row.field);
    // Each list names its own columns; the type of one stands for all.
    const part = column ? t(`${row.list}.column.${column}` as 'items.column.unit') : '';
    return [placeOf(row), part].filter(Boolean).join(t('field.separator'));
  };
  const summary = (problem: Problem): string => {
    const named = name(problem.path);
    return named ? t('field.problem', { field: named, problem: field(problem) }) : field(problem);
  };
  /** In the error summary, which names the field itself but knows no rows. */
  const inForm = (problem: Problem): string => {
    const row = rowOf(problem.path);
    if (!row) return field(problem);
    const place = placeOf(row);
    return t('field.inRow', { problem: field(problem), place });
  };
  return { field, inForm, summary };
}
