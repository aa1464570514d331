import * as z from 'zod';
import { refuse } from '@/lib/procedure/refusal';
import { cosignedNote, nextForWitness } from '@/lib/server/cosignatures';
import { logHead } from '@/lib/server/log-store';
import { OPEN_TO_ALL, parse, query, route } from '@/lib/server/route';
import type { World } from '@/lib/server/world';

export const dynamic = 'force-dynamic';

const schema = z.object({
  after: z
    .string()
    .regex(/^(0|[1-9]\d{0,14})$/, 'number')
    .transform(Number)
    .optional(),
});

/** The checkpoint to serve: the newest, or what a witness that has cosigned up to `after` is to cosign next. */
async function wanted({ db, clock }: World, after: number | undefined) {
  const head = await logHead(db);
  const newest = head && { treeSize: head.size, note: head.note };
  // A witness that knows more than we do must see it: our database was set back.
  if (after === undefined || !head || head.size < after) return newest;
  return nextForWitness(db, after, clock.now());
}

/**
 * GET: a signed checkpoint (C2SP tlog-checkpoint), verbatim, with the cosignatures that it has so far (C2SP
 * tlog-cosignature).
 */
export const GET = route(
  async ({ world, url }) => {
    const asked = parse(schema, query(url));
    if (!asked.ok) return asked;
    const found = await wanted(world, asked.value.after);
    if (!found) return refuse('not-found');
    const headers = {
      ...OPEN_TO_ALL,
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-cache',
    };
    return new Response(await cosignedNote(world.db, found.treeSize, found.note), { headers });
  },
  { open: true },
);
