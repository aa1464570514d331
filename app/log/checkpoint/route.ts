import { refuse } from '@/lib/procedure/refusal';
import { logHead } from '@/lib/server/log-store';
import { OPEN_TO_ALL, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

/** GET: the newest signed checkpoint (C2SP tlog-checkpoint), verbatim. */
export const GET = route(async ({ world }) => {
  const head = await logHead(world.db);
  if (!head) return refuse('not-found');
  const headers = {
    ...OPEN_TO_ALL,
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-cache',
  };
  return new Response(head.note, { headers });
});
