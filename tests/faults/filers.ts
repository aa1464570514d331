import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { toHex } from '@/lib/record/hex';
import { deriveSigningKey } from '@/lib/sealing/member-key';
import { registerKey } from '@/lib/server/operations/register-key';
import type { World } from '@/lib/server/world';

/** A filing whose filer was told that it is in. Moments are `performance.now()` of the test's process. */
export interface Acknowledged {
  commitment: string;
  began: number;
  ended: number;
}

/** One real act of a person of its own: it needs no tender and hinders nobody. @throws when it was not acknowledged */
export async function fileOne(world: World): Promise<Acknowledged> {
  const name = `filer-${randomUUID()}`;
  const seed = new Uint8Array(createHash('sha256').update(name).digest());
  const actor = { person: name, organization: { id: 'org-none', name: 'Nobody' }, memberRoles: [] };
  const publicKey = toHex(deriveSigningKey(seed).publicKey);
  const began = performance.now();
  const outcome = await registerKey(world, actor, { publicKey, demonstration: false });
  if (!outcome.ok) throw new Error(outcome.code);
  return { commitment: outcome.commitment, began, ended: performance.now() };
}

export interface Filers {
  acknowledged: Acknowledged[];
  /** Why filings were not acknowledged. */
  refused: unknown[];
  stop(): Promise<void>;
}

/** People who file one after another until stopped; who is refused tries again. */
export function startFilers(world: World, count: number, pause = 60): Filers {
  const acknowledged: Acknowledged[] = [];
  const refused: unknown[] = [];
  let ended = false;
  const filer = async () => {
    while (!ended) {
      try {
        acknowledged.push(await fileOne(world));
      } catch (error) {
        refused.push(error);
      }
      await sleep(pause);
    }
  };
  const all = Array.from({ length: count }, filer);
  return {
    acknowledged,
    refused,
    async stop() {
      ended = true;
      await Promise.all(all);
    },
  };
}
