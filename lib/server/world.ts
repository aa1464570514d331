import path from 'node:path';
import { raiseTo, systemClock, type Clock } from './clock';
import { db, type Db } from './db';
import { env, type Env } from './env';
import { localStorage, type Storage } from './storage';

/** What operations may touch: the database, the clock, the files and the configuration, and nothing else. */
export interface World {
  db: Db;
  clock: Clock;
  storage: Storage;
  env: Env;
}

const holder = globalThis as typeof globalThis & { tenderproofWorld?: World };

function makeWorld(): World {
  const made = {
    db: db(),
    clock: systemClock,
    storage: localStorage(path.resolve(env().STORAGE_DIR)),
    env: env(),
  };
  // A machine that started with its clock set back learns from the newest anchor that this time has passed.
  made.db.anchor.findFirst({ orderBy: { index: 'desc' } }).then(
    (anchor) => anchor && raiseTo(made.clock, anchor.time.getTime()),
    () => undefined,
  );
  return made;
}

/** The world of this process, made at first use. */
export function world(): World {
  return (holder.tenderproofWorld ??= makeWorld());
}
