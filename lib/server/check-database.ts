import { APPLICATION_GROUP } from './application-role';
import type { Tx } from './load-process';
import type { WorldProblem } from './world-problem';

/** Nobody changes or deletes a row of these; rows of the last two go only with a signed erasure record. */
export const APPEND_ONLY_TABLES = [
  'records',
  'log_leaves',
  'log_tiles',
  'log_checkpoints',
  'log_cosignatures',
  'erasures',
  'entries',
  'record_documents',
] as const;

interface RoleRow {
  name: string;
  superuser: boolean;
  mayFile: boolean;
}

interface TableRow {
  name: string;
  owned: boolean;
  changeable: boolean;
  guarded: boolean;
}

const remedy = (name: string) =>
  `Make a login for the application (CREATE ROLE … LOGIN PASSWORD '…'; GRANT ${APPLICATION_GROUP} TO …;), name it in ` +
  `DATABASE_URL, and keep "${name}" for migrations in DATABASE_OWNER_URL.`;

function roleProblem(role: RoleRow, tables: TableRow[]): WorldProblem | null {
  const { name } = role;
  if (role.superuser)
    return {
      code: 'database-superuser',
      message: `DATABASE_URL connects as "${name}", a superuser, whom no rule of the database stops. ${remedy(name)}`,
    };
  const owned = tables.filter((table) => table.owned);
  if (owned.length > 0)
    return {
      code: 'database-owner',
      message: `DATABASE_URL connects as "${name}", who owns the tables and could switch off what protects them. ${remedy(name)}`,
    };
  const open = tables.filter((table) => table.changeable).map((table) => table.name);
  if (open.length > 0)
    return {
      code: 'database-privileges',
      message:
        `DATABASE_URL connects as "${name}", who may change or delete what was filed (${open.join(', ')}). ` +
        `REVOKE UPDATE, DELETE, TRUNCATE ON ${open.join(', ')} FROM that role and from every group that it is in but ${APPLICATION_GROUP}.`,
    };
  if (!role.mayFile)
    return {
      code: 'database-not-permitted',
      message: `DATABASE_URL connects as "${name}", who may not file records: GRANT ${APPLICATION_GROUP} TO "${name}".`,
    };
  return null;
}

/**
 * Whether the database keeps the promise that what was filed stays: the connected role can neither change it nor
 * become somebody who can, and the triggers stand. @throws when the database does not answer
 */
export async function checkDatabaseRole(tx: Tx): Promise<WorldProblem[]> {
  const names = [...APPEND_ONLY_TABLES];
  const [role] = await tx.$queryRaw<RoleRow[]>`
    SELECT rolname::text AS name, rolsuper AS superuser,
           coalesce(has_table_privilege(oid, to_regclass('public.records')::oid, 'INSERT')
             AND has_function_privilege(oid, to_regprocedure('public.erase_entry(uuid, uuid, timestamptz)')::oid, 'EXECUTE'),
             false) AS "mayFile"
      FROM pg_roles WHERE rolname = current_user`;
  // MEMBER, not USAGE: who may SET ROLE to the owner owns as well.
  const tables = await tx.$queryRaw<TableRow[]>`
    SELECT c.relname::text AS name, pg_has_role(c.relowner, 'MEMBER') AS owned,
           has_table_privilege(c.oid, 'DELETE, TRUNCATE')
             OR has_any_column_privilege(c.oid, 'UPDATE') AS changeable,
           EXISTS (SELECT 1 FROM pg_trigger t
                    WHERE t.tgrelid = c.oid AND t.tgname = 'append_only' AND t.tgenabled IN ('O', 'A')) AS guarded
      FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY(${names})
     ORDER BY c.relname`;
  if (tables.length < names.length)
    return [
      {
        code: 'database-not-migrated',
        message:
          'The database of DATABASE_URL has not all tables of the registry: DATABASE_OWNER_URL must name the same database, ' +
          'and npm start migrates it.',
      },
    ];
  const problem = role ? roleProblem(role, tables) : null;
  const unguarded = tables.filter((table) => !table.guarded).map((table) => table.name);
  const off: WorldProblem[] =
    unguarded.length === 0
      ? []
      : [
          {
            code: 'append-only-off',
            message:
              `The triggers that keep ${unguarded.join(', ')} append-only are switched off or gone: find out who did it and ` +
              'why, audit the registry, then ALTER TABLE … ENABLE TRIGGER append_only.',
          },
        ];
  return [...(problem ? [problem] : []), ...off];
}
