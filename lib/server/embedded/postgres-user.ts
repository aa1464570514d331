import { spawnSync, type SpawnOptions } from 'node:child_process';
import fs from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';

// PostgreSQL refuses to run as root, or as a number without an account. Then there are two ways, in this order:
// 1. a user namespace, in which our files belong to an ordinary user: nothing on the machine changes, and the
//    project may lie in a folder that only we can enter;
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

/** Containers may run us under a number that no account has. */
function hasAccount(): boolean {
  try {
    userInfo();
    return true;
  } catch {
    return false;
  }
}

const asOurselves: AsUser = { wrap: (program, args) => [program, args, {}], own: async () => undefined };

const inNamespace: AsUser = {
  wrap: (program, args) => ['unshare', [...namespaceArgs, program, ...args], {}],
  own: (target) => chownAll(target, process.getuid?.() ?? 0, process.getgid?.() ?? 0),
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
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && hasAccount()) return asOurselves;
  if (process.platform === 'linux') {
    const tried = spawnSync('unshare', [...namespaceArgs, program, '--version'], { stdio: 'ignore' });
    if (tried.status === 0) return inNamespace;
  }
  const account = isRoot ? (accountOf('postgres') ?? accountOf('nobody')) : null;
  if (account) {
    const runs = spawnSync(program, ['--version'], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
    const enters = spawnSync('test', ['-x', folder], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
    if (runs && enters) return asAccount(account);
  }
  throw new Error(
    `PostgreSQL does not run as ${isRoot ? 'root' : 'a user without an account'}, and no other way reaches ${folder}. ` +
      'Run the same command as an ordinary user, or move the project to a folder that other users may enter.',
  );
}
