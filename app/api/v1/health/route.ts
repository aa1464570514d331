import { machineHealth } from '@/lib/server/machine-health';
import { json, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

/** GET: 200 while the database answers and the log moves, else 503. For load balancers and monitors. */
export const GET = route(
  async ({ world }) => {
    const answer = await machineHealth(world);
    return json(answer, { status: answer.ok ? 200 : 503 });
  },
  { rate: { name: 'health', perMinute: 600 } },
);
