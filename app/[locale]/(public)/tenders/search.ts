import { PHASES, type Phase } from '@/lib/procedure/phases';

export const CATEGORIES = ['goods', 'works', 'services'] as const;
export type Category = (typeof CATEGORIES)[number];

/** The phases that the public can meet: what is not published is not listed. */
export const PUBLIC_PHASES = PHASES.filter((p) => p !== 'draft' && p !== 'approval' && p !== 'publishing');

/** What was asked for, as it stands in the address. What the address gets wrong is left out, not refused. */
export interface Search {
  q?: string;
  phase?: Phase;
  category?: Category;
  language?: string;
  page: number;
}

type Raw = Record<string, string | string[] | undefined>;

const one = (raw: Raw, name: string): string => {
  const value = raw[name];
  return (Array.isArray(value) ? (value[0] ?? '') : (value ?? '')).trim();
};

export function readSearch(raw: Raw): Search {
  const q = one(raw, 'q').slice(0, 200);
  const phase = PUBLIC_PHASES.find((p) => p === one(raw, 'phase'));
  const category = CATEGORIES.find((c) => c === one(raw, 'category'));
  const language = /^[a-z]{2,3}$/.exec(one(raw, 'language'))?.[0];
  const page = /^[1-9]\d{0,5}$/.test(one(raw, 'page')) ? Number(one(raw, 'page')) : 1;
  return {
    ...(q ? { q } : {}),
    ...(phase ? { phase } : {}),
    ...(category ? { category } : {}),
    ...(language ? { language } : {}),
    page,
  };
}

export const isFiltered = ({ q, phase, category, language }: Search): boolean =>
  Boolean(q ?? phase ?? category ?? language);

/** The address's query for a search; the first page needs no number. */
export function toQuery({ page, ...rest }: Search): string {
  const query = new URLSearchParams(Object.entries(rest));
  if (page > 1) query.set('page', String(page));
  const text = query.toString();
  return text ? `?${text}` : '';
}
