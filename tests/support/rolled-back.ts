import type { World } from '@/lib/server/world';
import type { Tx } from '@/lib/server/load-process';

class RolledBack extends Error {}

/** A world whose transactions run to their end and are then undone: to learn what an act comes to without doing it. */
export function rollingBack(world: World): World {
  const transaction = async <T>(run: (tx: Tx) => Promise<T>): Promise<T> => {
    const result: T[] = [];
    try {
      await world.db.$transaction(async (tx) => {
        result.push(await run(tx));
        throw new RolledBack();
      });
    } catch (error) {
      if (!(error instanceof RolledBack)) throw error;
    }
    return result[0] as T;
  };
  const db = new Proxy(world.db, {
    get: (target, name) => (name === '$transaction' ? transaction : Reflect.get(target, name, target)),
  });
  return { ...world, db };
}
