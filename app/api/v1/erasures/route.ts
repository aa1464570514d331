import * as z from 'zod';
import { listErased } from '@/lib/server/erased';
import { json, OPEN_TO_ALL, parse, query, route } from '@/lib/server/route';

const querySchema = z.strictObject({ after: z.uuid().optional() });

export const dynamic = 'force-dynamic';

/** GET: the leaves of the log whose entries were erased, each with the order; `after` continues from `next`. */
export const GET = route(
  async ({ url, world }) => {
    const asked = parse(querySchema, query(url));
    if (!asked.ok) return asked;
    return json(await listErased(world.db, asked.value.after), { headers: OPEN_TO_ALL });
  },
  { rate: { name: 'erasures', perMinute: 60 } },
);
