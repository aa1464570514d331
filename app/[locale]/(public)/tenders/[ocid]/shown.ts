import { lotStandings, pageScope, type LotStanding } from '@/components/procedure/divided';
import type { Process } from '@/lib/procedure/state';
import { inUnit } from '@/lib/procedure/scopes';
import { unitId } from '@/lib/procedure/units';
import type { TenderView } from '@/lib/server/queries/view';

/** What the page of a tender shows: all of it, an overview of its lots, or one lot. */
export interface Shown {
  /** The lot that was asked for, or the only one; absent in the overview, and of a tender that is not divided. */
  lot: LotStanding | undefined;
  /** It was asked for by its address, out of several. */
  alone: boolean;
  /** Scopes whose results stand on the page, the latest first. */
  scopes: { process: Process; phase: TenderView['phase'] }[];
  /** Whose records, closures and stages stand on the page. */
  process: Process;
}

/** Null when the address names a unit that the tender does not have. */
export function shownOf(view: TenderView, unit: string | undefined): Shown | null {
  const { process, units } = view;
  if (units.length === 0) {
    const whole = { lot: undefined, alone: false, scopes: [{ process, phase: view.phase }], process };
    return unit === undefined ? whole : null;
  }
  const lots = lotStandings(units);
  const asked = lots.find((l) => l.units.some((u) => unitId(u.unit) === unit));
  if (unit !== undefined && !asked) return null;
  const lot = asked ?? (lots.length === 1 && lots[0]?.lot === '' ? lots[0] : undefined);
  const own = lot?.units ?? [];
  return {
    lot,
    alone: lot !== undefined && lot.lot !== '',
    scopes: own.map((u) => ({ process: inUnit(process, u.unit), phase: u.phase })).toReversed(),
    process: pageScope(
      process,
      own.map((u) => u.unit),
    ),
  };
}

/** The id of a section on the page: two parts of a lot have each section twice. */
export const sectionId =
  ({ scopes }: Shown, { unit }: Process) =>
  (section: string): string =>
    scopes.length > 1 && unit ? `${section}-${unit.part}` : section;
