import { visibleTo } from '@/lib/procedure/disclosure';
import { refuse } from '@/lib/procedure/refusal';
import { phaseAt } from '@/lib/procedure/state';
import { readProcess, viewerOf } from '@/lib/server/readers';
import { json, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

/** GET: whether anything changed that this reader may see: {phase, records, now}. For pages that wait. */
export const GET = route<{ ocid: string }>(async ({ request, params: { ocid }, world, actor }) => {
  const who = await actor();
  const process = await readProcess(world.db, world, ocid, who);
  if (!process) return refuse('not-found');
  const now = world.clock.now();
  const phase = phaseAt(process, now);
  // Only what the reader may see is counted: the number of bids is nobody's business before the opening.
  const records = visibleTo(process, viewerOf(process, who)).filed.length;
  const closed = process.chain.closures.length;
  const headers = { ETag: `W/"${phase}-${records}-${closed}"`, 'Cache-Control': 'private, no-cache' };
  if (request.headers.get('if-none-match') === headers.ETag)
    return new Response(null, { status: 304, headers });
  return json({ phase, records, now: new Date(now).toISOString() }, { headers });
});
