import type { Scene } from './scene';

/** One digest for each table, over every row: equal before and after means that nothing changed. */
export async function databaseDigest(scene: Scene): Promise<Record<string, string>> {
  const tables = await scene.test.sql(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
  );
  const parts = tables.map(
    ({ name }) =>
      `SELECT '${String(name)}' AS name, count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '')
         AS digest FROM "${String(name)}" t`,
  );
  const rows = await scene.test.sql(parts.join(' UNION ALL '));
  return Object.fromEntries(rows.map((row) => [String(row.name), String(row.digest)]));
}
