import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Unit } from '@/lib/procedure/units';
import type { Notice } from '@/lib/record/notice';

interface Named {
  /** Of the whole notice, or of its draft: where the lots and their language stand. */
  notice: Pick<Notice, 'lots' | 'language'>;
  unit: Unit;
}

/** Lots are counted from one, in the order of the notice; one that it does not have is named by its id. */
function lotOf({ lots }: Named['notice'], id: string): { number: number | string; title: string } {
  const at = lots.findIndex((lot) => lot.id === id);
  const lot = lots[at];
  return lot ? { number: at + 1, title: lot.title } : { number: id, title: '' };
}

/** Which message of `ui.unit` names it: `lot` or `part` alone, or both. */
const messageOf = ({ lot, part }: Unit) =>
  lot === '' ? ('part' as const) : part === '' ? ('lot' as const) : ('lotPart' as const);

/**
 * Names units in the reader's language: "Lot 2: Desks", "Lot 2: Desks · technical part", or "Technical part" where there are no
 * lots. For places that take a text; elsewhere `UnitName` marks the language of the lot's title. The namespace is `ui`, so
 * client components need nothing more.
 */
export function useUnitName(): (notice: Named['notice'], unit: Unit) => string {
  const t = useTranslations('ui.unit');
  return (notice, unit) =>
    t.markup(messageOf(unit), { ...lotOf(notice, unit.lot), part: unit.part, lang: (title) => title });
}

/** The name of a lot or part, for headings and links. */
export function UnitName({ notice, unit }: Named): ReactNode {
  const t = useTranslations('ui.unit');
  const name = t.rich(messageOf(unit), {
    ...lotOf(notice, unit.lot),
    part: unit.part,
    lang: (title) => <span lang={notice.language}>{title}</span>,
  });
  // One element: in a flex box the space before the title would be lost.
  return <span>{name}</span>;
}
