import { fast } from './fast';
import type { RulePack } from './rule-pack';

const PACKS: Readonly<Record<string, RulePack>> = { [fast.id]: fast };

/** The pack of a tender, or null when this version does not know it. */
export const rulePack = (id: string): RulePack | null =>
  Object.hasOwn(PACKS, id) ? (PACKS[id] ?? null) : null;

export const RULE_PACKS = Object.values(PACKS);
