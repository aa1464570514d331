import { visibleTo } from '@/lib/procedure/disclosure';
import { refuse } from '@/lib/procedure/refusal';
import { phaseAt } from '@/lib/procedure/phase-at';
import { inUnit, units } from '@/lib/procedure/scopes';
import { unitId } from '@/lib/procedure/units';
import { readProcess, viewerOf } from '@/lib/server/readers';
import { json, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

/**
 * GET: whether anything changed that this reader may see: {phase, records, units, now}. For pages that wait. With
 * `?unit=lot/part`, of one unit of a divided process.
 */
export const GET = route<{ ocid: string }>(async ({ request, params: { ocid }, world, actor }) => {
  const who = await actor();
  const whole = await readProcess(world.db, world, ocid, who);
  if (!whole) return refuse('not-found');
  const wanted = new URL(request.url).searchParams.get('unit');
  const unit = units(whole).find((u) => unitId(u) === wanted) ?? null;
  if (wanted !== null && !unit) return refuse('no-such-unit');
  const process = unit ? inUnit(whole, unit) : whole;
  const now = world.clock.now();
  const phase = phaseAt(process, now);
  // Only what the reader may see is counted: the number of bids is nobody's business before the opening.
  const records = visibleTo(process, viewerOf(process, who)).filed.length;
  const closed = process.chain.closures.length;
  const parts = (unit ? [unit] : units(whole)).map((u) => ({
    unit: unitId(u),
    phase: phaseAt(inUnit(whole, u), now),
  }));
  const phases = [phase, ...parts.map((part) => part.phase)].join('.');
  const headers = { ETag: `W/"${phases}-${records}-${closed}"`, 'Cache-Control': 'private, no-cache' };
  if (request.headers.get('if-none-match') === headers.ETag)
    return new Response(null, { status: 304, headers });
  return json({ phase, records, units: parts, now: new Date(now).toISOString() }, { headers });
});
