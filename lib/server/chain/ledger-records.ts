import { fromBytes32, fromUint } from './values';

// What the contract says, in plain types: hashes as 64 hex digits, times in seconds since 1970, `null` for "never written".

export interface Anchor {
  readonly treeSize: number;
  readonly time: number;
  readonly rootHash: string;
}

export interface OnChainTender {
  readonly notice: string;
  /** The due time now in force. */
  readonly bidsDue: number;
  /** Seconds. */
  readonly standstill: number;
  /** How many versions of the key set, and of the due time, there are. */
  readonly committees: number;
  readonly dueTimes: number;
  readonly time: number;
  readonly blockNumber: number;
}

export interface OnChainCommittee {
  readonly keyset: string;
  readonly time: number;
  readonly blockNumber: number;
}

export interface OnChainStage {
  readonly rootHash: string;
  readonly count: number;
  readonly anchorIndex: number;
  readonly time: number;
  readonly blockNumber: number;
}

export interface OnChainAward {
  readonly commitment: string;
  readonly standstillEnds: number;
  readonly time: number;
  readonly blockNumber: number;
}

export interface OnChainCancellation {
  readonly commitment: string;
  readonly stage: number;
  readonly time: number;
  readonly blockNumber: number;
}

export interface OnChainDueTime {
  readonly bidsDue: number;
  readonly time: number;
  /** Commitment of the record that set it. */
  readonly amendment: string;
}

export interface OnChainUnit {
  readonly process: string;
  /** The unit whose evaluation must be closed before this one opens. */
  readonly after: string | null;
  readonly time: number;
  readonly blockNumber: number;
}

export interface OnChainHold {
  readonly commitment: string;
  readonly since: number;
  /** Both null while it lasts. */
  readonly release: string | null;
  readonly releasedAt: number | null;
  readonly byReviewer: boolean;
}

export interface OnChainReopening {
  readonly commitment: string;
  readonly time: number;
  readonly blockNumber: number;
  readonly byReviewer: boolean;
}

export interface OnChainRetirement {
  /** 0x-prefixed. */
  readonly successor: string;
  readonly lastGoodAnchor: number;
  readonly announcedAt: number;
  readonly effectiveAt: number;
}

/** A decoded struct: its fields by name. */
export type Values = { readonly [name: string]: unknown };

export const number = (values: Values, name: string): number => fromUint(values[name] as bigint);
export const hash = (values: Values, name: string): string => fromBytes32(values[name] as string);

export function toAnchor(v: Values): Anchor {
  return { treeSize: number(v, 'treeSize'), time: number(v, 'time'), rootHash: hash(v, 'rootHash') };
}

export function toTender(v: Values): OnChainTender | null {
  if (number(v, 'time') === 0) return null;
  return {
    notice: hash(v, 'notice'),
    bidsDue: number(v, 'bidsDue'),
    standstill: number(v, 'standstill'),
    committees: number(v, 'committees'),
    dueTimes: number(v, 'dueTimes'),
    time: number(v, 'time'),
    blockNumber: number(v, 'blockNumber'),
  };
}

export function toStage(v: Values): OnChainStage | null {
  if (number(v, 'time') === 0) return null;
  return {
    rootHash: hash(v, 'rootHash'),
    count: number(v, 'count'),
    anchorIndex: number(v, 'anchorIndex'),
    time: number(v, 'time'),
    blockNumber: number(v, 'blockNumber'),
  };
}

export function toAward(v: Values): OnChainAward | null {
  if (number(v, 'time') === 0) return null;
  return {
    commitment: hash(v, 'commitment'),
    standstillEnds: number(v, 'standstillEnds'),
    time: number(v, 'time'),
    blockNumber: number(v, 'blockNumber'),
  };
}

export function toCancellation(v: Values): OnChainCancellation | null {
  if (number(v, 'time') === 0) return null;
  return {
    commitment: hash(v, 'commitment'),
    stage: number(v, 'stage'),
    time: number(v, 'time'),
    blockNumber: number(v, 'blockNumber'),
  };
}

export function toDueTime(v: Values): OnChainDueTime {
  return { bidsDue: number(v, 'bidsDue'), time: number(v, 'time'), amendment: hash(v, 'amendment') };
}

/** Zero stands for "none" wherever the contract stores a hash. */
const hashOrNull = (v: Values, name: string) => (/^0*$/.test(hash(v, name)) ? null : hash(v, name));

export function toUnit(v: Values): OnChainUnit | null {
  if (number(v, 'time') === 0) return null;
  return {
    process: hash(v, 'process'),
    after: hashOrNull(v, 'after_'),
    time: number(v, 'time'),
    blockNumber: number(v, 'blockNumber'),
  };
}

export function toHold(v: Values): OnChainHold {
  const releasedAt = number(v, 'releasedAt');
  return {
    commitment: hash(v, 'commitment'),
    since: number(v, 'since'),
    release: hashOrNull(v, 'release'),
    releasedAt: releasedAt === 0 ? null : releasedAt,
    byReviewer: v.byReviewer === true,
  };
}

export function toReopening(v: Values): OnChainReopening | null {
  if (number(v, 'time') === 0) return null;
  return {
    commitment: hash(v, 'commitment'),
    time: number(v, 'time'),
    blockNumber: number(v, 'blockNumber'),
    byReviewer: v.byReviewer === true,
  };
}

export function toRetirement(v: Values): OnChainRetirement | null {
  if (number(v, 'announcedAt') === 0) return null;
  return {
    successor: String(v.successor),
    lastGoodAnchor: number(v, 'lastGoodAnchor'),
    announcedAt: number(v, 'announcedAt'),
    effectiveAt: number(v, 'effectiveAt'),
  };
}
