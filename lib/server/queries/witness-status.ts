import { toHex } from '@/lib/record/hex';
import type { World } from '../world';

/** How one witness stands. Plain data. */
export interface WitnessStanding {
  name: string;
  /** 8 hexadecimal digits. */
  keyId: string;
  /** Checkpoints are sent to it; otherwise it asks by itself. */
  pushed: boolean;
  /** The largest size that it has cosigned; null: none yet. */
  lastSize: number | null;
  /** When it says that it signed (ISO 8601). */
  lastTime: string | null;
  /** For how many seconds there has been something that it has not cosigned; 0: it has everything. */
  lagSeconds: number;
  /** Why the last attempt to reach it failed: a code of `PushError` in the worker; null when it did not. */
  error: string | null;
}

/** The name of a witness's error among the facts that the worker writes down. */
export const witnessErrorFact = (name: string): string => `error:${name}`;

async function reportedErrors({ db }: World): Promise<Map<string, string>> {
  const row = await db.partHealth.findUnique({ where: { part: 'witnesses' } });
  const facts = (row?.facts ?? {}) as Record<string, string | number>;
  return new Map(Object.entries(facts).map(([name, value]) => [name, String(value)]));
}

/** Every configured witness, in the order of the configuration. */
export async function witnessStatus(world: World): Promise<WitnessStanding[]> {
  const { WITNESSES } = world.env;
  if (WITNESSES.length === 0) return [];
  const errors = await reportedErrors(world);
  return Promise.all(
    WITNESSES.map(async ({ key, url }): Promise<WitnessStanding> => {
      const keyId = toHex(key.keyId);
      const last = await world.db.cosignature.findFirst({
        where: { keyName: key.name, keyId },
        orderBy: { treeSize: 'desc' },
      });
      const first = await world.db.checkpoint.findFirst({
        where: { treeSize: { gt: last?.treeSize ?? 0 } },
        orderBy: { treeSize: 'asc' },
        select: { time: true },
      });
      return {
        name: key.name,
        keyId,
        pushed: url !== null,
        lastSize: last && Number(last.treeSize),
        lastTime: last && last.time.toISOString(),
        lagSeconds: first ? Math.max(0, Math.round((world.clock.now() - first.time.getTime()) / 1000)) : 0,
        error: errors.get(witnessErrorFact(key.name)) ?? null,
      };
    }),
  );
}
