import type { Act } from '@/lib/procedure/permissions';
import type { Actor } from '@/lib/procedure/roles';
import { performAct } from '@/lib/server/operations/perform-act';
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

/** An act that must be refused and change no row of any table. @returns its code, `ok` when it was not refused */
export async function refusedUnchanged(
  scene: Scene,
  actor: Actor,
  act: Act,
  tenderId: string,
  input: unknown,
): Promise<string> {
  const before = await databaseDigest(scene);
  const outcome = await performAct(scene.world, actor, act, tenderId, input);
  const after = await databaseDigest(scene);
  const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
  if (changed.length > 0) throw new Error(`${act} changed ${changed.join(', ')}`);
  return outcome.ok ? 'ok' : outcome.code;
}
