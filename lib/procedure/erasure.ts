import type { RecordType } from '../record/catalogue';

/**
 * What a regulator may have erased once the process is over: what can hold personal data or business secrets, and that
 * nothing else is computed from. The notice, the prices, the sheets, the ranking and the award stay: whoever recomputes
 * the outcome in ten years must still find it. With a bid goes its sealed envelope, and so every file that was in it.
 */
export const ERASABLE = {
  'signing-key': false,
  // Whoever has a copy of an old version must be able to find out that it was the registry's.
  'program-published': false,
  erasure: false,
  'committee-appointed': false,
  'committee-accepted': false,
  'keyset-signed': false,
  'key-rehearsed': false,
  'budget-line': false,
  'publication-requested': false,
  'publication-refused': true,
  'publication-withdrawn': false,
  'publication-approved': false,
  notice: false,
  'committee-replaced': false,
  bid: true,
  'bid-withdrawn': true,
  'opening-attended': true,
  'opening-postponed': false,
  'seeds-requested': false,
  'seed-given': false,
  'share-released': false,
  'bid-opened': false,
  'bid-invalid': false,
  'opening-report': false,
  'opening-report-signed': false,
  'tender-unsuccessful': false,
  'evaluators-appointed': false,
  'interests-declared': true,
  'score-sheet': false,
  'scores-sealed': false,
  'shortlist-proposed': false,
  'shortlist-refused': true,
  'shortlist-approved': false,
  ranking: false,
  'award-intended': false,
  'award-refused': true,
  'award-approved': false,
  'award-announced': false,
  award: false,
  contract: true,
} as const satisfies Record<RecordType, boolean>;
