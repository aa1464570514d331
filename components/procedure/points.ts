import { languageTags, type AppLocale } from '@/lib/i18n/routing';
import type { Criterion } from '@/lib/record/notice';

/** Points as people read them: two decimals. @param micro millionths of a point, as records hold them */
export function formatPoints(micro: number, locale: AppLocale): string {
  return new Intl.NumberFormat(languageTags[locale], {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  }).format(micro / 1_000_000);
}

/** One accent in steps, so that the picture needs no rainbow; the points beside it say the same in figures. */
const STEPS = [1, 0.62, 0.38, 0.82, 0.24] as const;

export const shadeOf = (position: number): number => STEPS[position % STEPS.length] ?? 1;

/** The most points that a technical part can have: the weights of the quality criteria together. */
export const qualityWeight = ({ criteria }: { criteria: readonly Criterion[] }): number =>
  criteria.filter((c) => c.kind === 'quality').reduce((sum, c) => sum + c.weight, 0);
