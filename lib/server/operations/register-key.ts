import { refuse, type Refusal } from '@/lib/procedure/refusal';
import type { Actor } from '@/lib/procedure/roles';
import { fileRecords } from '../file-records';
import type { World } from '../world';

/**
 * Registers a person's record-signing key: a registry-wide record, public at once. Registering the same key again gives
 * the record that there is: a key has one commitment, by which signatures name it.
 */
export async function registerKey(
  world: World,
  actor: Actor,
  input: { publicKey: string; demonstration: boolean },
): Promise<{ ok: true; commitment: string } | Refusal> {
  if (!/^[0-9a-f]{64}$/.test(input.publicKey))
    return refuse('invalid-input', undefined, { publicKey: 'hex' });
  return world.db.$transaction(async (tx) => {
    // One registration of this person at a time: two tabs must not register one key twice.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${actor.person}))`;
    const own = await tx.record.findMany({
      where: { type: 'signing-key', personId: actor.person },
      include: { entry: true },
    });
    const same = own.find((r) => r.entry?.text.includes(`"publicKey":"${input.publicKey}"`));
    if (same) return { ok: true, commitment: Buffer.from(same.commitment).toString('hex') };
    const [receipt] = await fileRecords(
      tx,
      world,
      // The registry alone says what is a demonstration: outside of one no key is.
      [
        {
          type: 'signing-key',
          role: 'citizen',
          data: { publicKey: input.publicKey, demonstration: world.env.DEMO && input.demonstration },
        },
      ],
      { actor, now: world.clock.now() },
    );
    return { ok: true, commitment: receipt?.commitment ?? '' };
  });
}
