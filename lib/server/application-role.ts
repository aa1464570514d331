import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** The group whose privileges the application has; the migrations grant them by table. */
export const APPLICATION_GROUP = 'tenderproof_app';

/** Keeps two programs from making roles in one cluster at once: PostgreSQL would fail one of them. */
const ROLE_LOCK = 7_302;

/**
 * A login with the application's privileges, made or given a new password. Roles belong to the whole cluster, so this
 * runs before there is any table.
 * @param owner a connected client that may create roles
 * @returns its password
 */
export async function applicationLogin(owner: pg.Client, login: string): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  const group = pg.escapeIdentifier(APPLICATION_GROUP);
  const name = pg.escapeIdentifier(login);
  const exists = async (role: string) =>
    (await owner.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])).rowCount === 1;
  await owner.query('BEGIN');
  await owner.query('SELECT pg_advisory_xact_lock($1)', [ROLE_LOCK]);
  if (!(await exists(APPLICATION_GROUP))) await owner.query(`CREATE ROLE ${group} NOLOGIN`);
  const verb = (await exists(login)) ? 'ALTER' : 'CREATE';
  await owner.query(`${verb} ROLE ${name} LOGIN PASSWORD ${pg.escapeLiteral(password)}`);
  await owner.query(`GRANT ${group} TO ${name}`);
  await owner.query('COMMIT');
  return password;
}
