import type { Phase } from '@/lib/procedure/phases';
import { last, type Process } from '@/lib/procedure/state';
import { inUnit } from '@/lib/procedure/scopes';
import { sameUnit, unitId, type Unit } from '@/lib/procedure/units';
import type { TenderView } from '@/lib/server/queries/view';

/** A lot as it stands, whatever the number of its envelopes; of a tender without lots, the whole of it with `lot` ''. */
export interface LotStanding {
  lot: string;
  /** In the order of opening. */
  units: TenderView['units'];
  phase: Phase;
  /** The unit in which the lot is awarded. */
  deciding: Unit;
}

/** A lot stands where its first envelope does, until that one is decided. */
const phaseOfLot = (units: TenderView['units']): Phase =>
  units.find(({ phase }) => phase !== 'assessed')?.phase ?? 'assessed';

/** The lots of a divided tender, in the order of the notice; none of one that is not divided. */
export function lotStandings(units: TenderView['units']): LotStanding[] {
  const lots = [...new Set(units.map(({ unit }) => unit.lot))];
  return lots.flatMap((lot) => {
    const own = units.filter(({ unit }) => unit.lot === lot);
    const deciding = own.at(-1)?.unit;
    return deciding ? [{ lot, units: own, phase: phaseOfLot(own), deciding }] : [];
  });
}

/** The process with what all units share, and of the units only what belongs to these. */
export function pageScope(process: Process, shown: readonly Unit[]): Process {
  const belongs = ({ unit }: { unit: Unit | null }) =>
    unit === null || shown.some((other) => sameUnit(other, unit));
  return {
    ...process,
    filed: process.filed.filter(belongs),
    erased: process.erased.filter(belongs),
    chain: { ...process.chain, closures: process.chain.closures.filter(belongs) },
  };
}

/** The supplier of a scope, and for how much; `final` once the award is. Null before the announcement. */
export function winnerOf(scope: Process) {
  const award = last(scope, 'award');
  const { supplier, value } = (award ?? last(scope, 'award-announced'))?.data ?? {};
  return supplier && value ? { name: supplier.name, value, final: award !== null } : null;
}

/** How many tenderers' bids the opening report, or the declaration that there were too few, speaks of; null before. */
export const bidsKnown = (scope: Process): number | null =>
  last(scope, 'opening-report')?.data.bids.length ?? last(scope, 'tender-unsuccessful')?.data.bids ?? null;

/** The scope in which the award is decided: the process itself, unless it is divided. */
export const decidingScope = (process: Process, standing: LotStanding | undefined): Process =>
  standing ? inUnit(process, standing.deciding) : process;

/** The address of a page of a tender, for one unit or, where none is given, for the whole. */
export function unitHref(base: string, unit: Unit | null): string {
  return unit ? `${base}?unit=${encodeURIComponent(unitId(unit))}` : base;
}
