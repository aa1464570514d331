/** What is certainly wrong between the configuration, the database and the chain. */
export const WORLD_PROBLEMS = [
  'database-not-migrated',
  'database-superuser',
  'database-owner',
  'database-privileges',
  'database-not-permitted',
  'append-only-off',
  'checkpoint-damaged',
  'other-log-key',
  'other-origin',
  'wrong-chain',
  'no-contract',
  'other-contract',
  'keys-swapped',
  'anchorer-role-missing',
  'registrar-role-missing',
  'log-behind-chain',
  'foreign-root',
] as const;

/** `message` is for the operator: which variable or part it is, and what to do. It never holds a secret. */
export interface WorldProblem {
  code: (typeof WORLD_PROBLEMS)[number];
  message: string;
}
