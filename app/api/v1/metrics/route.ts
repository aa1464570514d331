import { refuse } from '@/lib/procedure/refusal';
import { mayReadMetrics, metricsText } from '@/lib/server/metrics';
import { registryStatus } from '@/lib/server/queries/status';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

/**
 * GET: metrics for Prometheus, for whoever carries METRICS_TOKEN; without one configured there are none. Not limited in
 * number: the token is checked before anything is read, and a stranger must not use up the collector's budget.
 */
export const GET = route(async ({ request, world }) => {
  const token = world.env.METRICS_TOKEN;
  if (token === undefined) return refuse('not-found');
  if (!mayReadMetrics(request, token)) {
    return new Response(null, { status: 401, headers: { 'WWW-Authenticate': 'Bearer realm="metrics"' } });
  }
  const { text, contentType } = await metricsText(await registryStatus(world));
  return new Response(text, { headers: { 'Content-Type': contentType, 'Cache-Control': 'no-store' } });
});
