import type { Notice } from '../record/notice';
import { tender, type ChainFacts, type Process } from './state';
import { sameUnit, unitBefore, unitsOf, type Unit } from './units';

/** Units of a process as its notice has them; none before there is one. */
export function units(process: Process): Unit[] {
  const notice = tender(process);
  return notice ? unitsOf(notice) : [];
}

/** First stage that belongs to a unit. */
const FIRST_UNIT_STAGE = 3;

/** Of a divided process, bids belong to a unit although the stage is the process's. */
const inScope = (filed: { unit: Unit | null }, unit: Unit): boolean =>
  filed.unit === null || sameUnit(filed.unit, unit);

function chainOf(chain: ChainFacts, unit: Unit): ChainFacts {
  const own = chain.units.find((u) => sameUnit(u.unit, unit));
  return {
    ...chain,
    announcement: own?.announcement ?? null,
    closures: chain.closures.filter((c) => (c.unit ? sameUnit(c.unit, unit) : c.stage < FIRST_UNIT_STAGE)),
  };
}

/**
 * The process as it stands for one of its units: its own records and closures, and those that all units share. Everything
 * that is computed of a process is so computed of a unit.
 */
export function inUnit(process: Process, unit: Unit): Process {
  const before = unitBefore(unit);
  return {
    ...process,
    unit,
    before: before && inUnit(process, before),
    filed: process.filed.filter((f) => inScope(f, unit)),
    erased: process.erased.filter((f) => inScope(f, unit)),
    chain: chainOf(process.chain, unit),
  };
}

/** Every unit as a process of its own; the process itself where it is not divided. */
export function scopes(process: Process): Process[] {
  const all = units(process);
  return all.length === 0 ? [process] : all.map((unit) => inUnit(process, unit));
}

/** The scope that a record is judged in. */
export const scopeOf = (process: Process, filed: { unit: Unit | null }): Process =>
  filed.unit === null || process.unit !== null ? process : inUnit(process, filed.unit);

/** The items that are bid for in this scope: those of the lot. */
export function itemsOf(process: Process): Notice['items'] {
  const items = tender(process)?.items ?? [];
  const lot = process.unit?.lot ?? '';
  return lot === '' ? items : items.filter((item) => item.relatedLot === lot);
}
