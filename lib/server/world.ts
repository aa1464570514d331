import path from 'node:path';
import { systemClock, type Clock } from './clock';
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

/** The world of this process, made at first use. */
export function world(): World {
  holder.tenderproofWorld ??= {
    db: db(),
    clock: systemClock,
    storage: localStorage(path.resolve(env().STORAGE_DIR)),
    env: env(),
  };
  return holder.tenderproofWorld;
}
