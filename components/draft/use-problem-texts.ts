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
  | 'criteria'
  | 'bidsDue'
  | 'standstill';

const ROW_FIELDS = ['description', 'quantity', 'unit', 'title', 'weight', 'kind'] as const;

/** A problem in words: beside its field, and in a list where the field must be named. */
export function useProblemTexts() {
  const t = useTranslations('draft');
  const sentence = useTranslations('errors.fields');
  const field = (problem: Problem): string => sentence(problem.code);
  const name = (path: string): string => {
    const row = /^(items|criteria)\.(\d+)(?:\.(.+))?$/.exec(path);
    if (!row) return FIELD_NAMES[path] ? t(`field.${FIELD_NAMES[path]}`) : '';
    const [, list, index, rest] = row;
    const place = t(list === 'items' ? 'items.row' : 'criteria.row', { n: Number(index) + 1 });
    const column = ROW_FIELDS.find((known) => known === rest);
    const part = column
      ? t(`${list === 'items' ? 'items' : 'criteria'}.column.${column}` as 'items.column.unit')
      : '';
    return [place, part].filter(Boolean).join(t('field.separator'));
  };
  const summary = (problem: Problem): string => {
    const named = name(problem.path);
    return named ? t('field.problem', { field: named, problem: field(problem) }) : field(problem);
  };
  /** In the error summary, which names the field itself but knows no rows. */
  const inForm = (problem: Problem): string => {
    const row = /^(items|criteria)\.(\d+)\./.exec(problem.path);
    if (!row) return field(problem);
    const place = t(row[1] === 'items' ? 'items.row' : 'criteria.row', { n: Number(row[2]) + 1 });
    return t('field.inRow', { problem: field(problem), place });
  };
  return { field, inForm, summary };
}
