/**
 * Legal clocks are data (procedure.md, Rule packs): versioned, chosen per tender, each rule with its source,
 * its counting and a sentence for people. A refused act cites its rule.
 */
export interface Rule {
  /** Stable name, cited in refusals. */
  id: string;
  /** Statute and article, or the pack's own section where there is no statute. */
  article: string;
  /** How the term is counted. */
  counting: 'seconds' | 'count';
  value: number;
  sentence: { en: string; zh: string };
}

export const RULE_IDS = [
  'notice-to-deadline',
  'standstill',
  'fewest-bids',
  'fewest-evaluators',
  'undecided-bid-expires',
] as const;
export type RuleId = (typeof RULE_IDS)[number];

export interface RulePack {
  id: string;
  name: { en: string; zh: string };
  rules: Record<RuleId, Rule>;
  /** Bids of one envelope are published with their seed once all are open (procedure.md, Disclosure). */
  publicAtOpening: boolean;
}
