import type { RecordType } from '../record/catalogue';
import type { Notice } from '../record/notice';
import { tender, type ChainFacts, type Filed, type Process } from './state';

/** The parts of a two-envelope bid; '' is the only envelope of a bid that has one. */
export const PARTS = ['', 'technical', 'financial'] as const;
export type Part = (typeof PARTS)[number];

/** A part of a process with an opening of its own (protocol §3): a lot, an envelope part, or both. `lot` is '' without lots. */
export interface Unit {
  readonly lot: string;
  readonly part: Part;
}

export const sameUnit = (a: Unit | null, b: Unit | null): boolean =>
  a === b || (a !== null && b !== null && a.lot === b.lot && a.part === b.part);

/** `lot/part`, for maps and addresses. */
export const unitId = ({ lot, part }: Unit): string => `${lot}/${part}`;

type Divided = Pick<Notice, 'lots' | 'envelopes'>;

/** What a bidder seals, one envelope each, in the order of the notice; one of '' and '' where nothing is divided. */
export function envelopesOf({ lots, envelopes }: Divided): Unit[] {
  const parts: readonly Part[] = envelopes === 'two' ? ['technical', 'financial'] : [''];
  const ids = lots.length > 0 ? lots.map((lot) => lot.id) : [''];
  return ids.flatMap((lot) => parts.map((part) => ({ lot, part })));
}

/** The units of a notice; none when it is bid for, opened and awarded as one. */
export const unitsOf = (notice: Divided): Unit[] =>
  notice.lots.length === 0 && notice.envelopes === 'one' ? [] : envelopesOf(notice);

/** The unit whose evaluation must be closed before this one may open: the technical part, for the financial one. */
export const unitBefore = (unit: Unit): Unit | null =>
  unit.part === 'financial' ? { lot: unit.lot, part: 'technical' } : null;

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

/** A record of one type that is filed once for each unit. */
export const ofUnit = (filed: readonly Filed[], type: RecordType, unit: Unit): Filed[] =>
  filed.filter((f) => f.type === type && sameUnit(f.unit, unit));
