import { receiveCosignatures } from '@/lib/server/cosignatures';
import { json, readText, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

/** In bytes: a checkpoint with the signatures of every witness that there may be is a third of it. */
const MOST_BYTES = 16_384;

/**
 * POST: a checkpoint of this log with the signature lines of witnesses that the operator has configured. For witnesses
 * that nobody can reach; the others answer when the registry sends them a checkpoint. Repeating it changes nothing.
 */
export const POST = route(
  async ({ request, world }) => {
    const body = await readText(request, MOST_BYTES);
    if (!body.ok) return body;
    const received = await receiveCosignatures(world, body.value);
    if (!received.ok) return received;
    const { treeSize, stored } = received;
    return json({ treeSize, stored });
  },
  { rate: { name: 'cosignature', perMinute: 60 } },
);
