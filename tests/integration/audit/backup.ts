import type { TestWorld } from '../../harness/world';

/** What a forger touches, and what a backup holds. */
const TABLES = [
  'tenders',
  'records',
  'entries',
  'erasures',
  'record_documents',
  'filings',
  'log_leaves',
  'log_tiles',
  'log_checkpoints',
  'anchors',
  'chain_calls',
  'chain_openings',
  'stage_closures',
];

/** Runs SQL as the database's superuser, with every trigger and constraint that could object switched off. */
export function forge({ sql }: TestWorld, text: string): Promise<unknown> {
  return sql(`SET session_replication_role = replica; ${text}`);
}

export async function backUp({ sql }: TestWorld, name: string): Promise<void> {
  const copies = TABLES.map((table) => `CREATE TABLE "${name}".${table} AS TABLE ${table};`);
  await sql(`CREATE SCHEMA "${name}"; ${copies.join(' ')}`);
}

/** Puts every row back as it was. */
export async function restore(test: TestWorld, name: string): Promise<void> {
  const rows = TABLES.map(
    (table) => `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM "${name}".${table};`,
  );
  await forge(test, `BEGIN; ${rows.join(' ')} COMMIT;`);
}
