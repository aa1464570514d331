import { refuse } from '@/lib/procedure/refusal';
import { mayKnowOf } from '@/lib/server/readers';
import { json, OPEN_TO_ALL, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

/** GET: the clock by which this process is decided: {now}, RFC 3339. */
export const GET = route<{ ocid: string }>(async ({ params: { ocid }, world, actor }) => {
  if (!(await mayKnowOf(world.db, world, ocid, actor))) return refuse('not-found');
  return json({ now: new Date(world.clock.now()).toISOString() }, { headers: OPEN_TO_ALL });
});
