import { spawnSync, type SpawnOptions } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';

// PostgreSQL refuses to run as root. As root there are two ways, in this order:
// 1. a user namespace, in which root's files belong to an ordinary user: nothing on the machine changes, and the
//    project may lie in a folder that only root can enter;
// 2. an existing unprivileged account, which must be able to reach the project and is given the data folder.

export interface AsUser {
  /** The command, its arguments and options that run `program` as somebody other than root. */
  wrap(program: string, args: string[]): [string, string[], SpawnOptions];
  /** Gives a file or a folder with all it holds to that user. */
  own(target: string): Promise<void>;
}

const nobody = 65_534;
const namespaceArgs = ['--user', `--map-user=${nobody}`, `--map-group=${nobody}`, '--'];

async function chownAll(target: string, uid: number, gid: number): Promise<void> {
  const { uid: present } = await fs.lstat(target);
  // The folder's own owner tells for all of it: it changes last.
  if (present === uid) return;
  const entries = await fs.readdir(target, { withFileTypes: true, recursive: true }).catch(() => []);
  for (const entry of entries) await fs.lchown(path.join(entry.parentPath, entry.name), uid, gid);
  await fs.lchown(target, uid, gid);
}

function accountOf(name: string): { uid: number; gid: number } | null {
  const ask = (flag: string) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout);
  const uid = ask('-u');
  const gid = ask('-g');
  return Number.isInteger(uid) && uid > 0 && Number.isInteger(gid) ? { uid, gid } : null;
}

const asOurselves: AsUser = { wrap: (program, args) => [program, args, {}], own: async () => undefined };

const inNamespace: AsUser = {
  wrap: (program, args) => ['unshare', [...namespaceArgs, program, ...args], {}],
  own: (target) => chownAll(target, 0, 0),
};

function asAccount(account: { uid: number; gid: number }): AsUser {
  return {
    wrap: (program, args) => [program, args, { ...account, cwd: '/' }],
    own: (target) => chownAll(target, account.uid, account.gid),
  };
}

/**
 * How to run PostgreSQL's programs as whoever we are.
 * @param program the absolute path of one of them
 * @param folder the folder that will hold the data
 */
export async function asPostgresUser(program: string, folder: string): Promise<AsUser> {
  if (process.getuid?.() !== 0) return asOurselves;
  if (process.platform === 'linux') {
    const tried = spawnSync('unshare', [...namespaceArgs, program, '--version'], { stdio: 'ignore' });
    if (tried.status === 0) return inNamespace;
  }
  const account = accountOf('postgres') ?? accountOf('nobody');
  if (account) {
    const runs = spawnSync(program, ['--version'], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
    const enters = spawnSync('test', ['-x', folder], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
    if (runs && enters) return asAccount(account);
  }
  throw new Error(
    `PostgreSQL does not run as root, and no other account can reach ${folder}. ` +
      'Run the same command as an ordinary user, or move the project to a folder that other users may enter.',
  );
}
