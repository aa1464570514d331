import { AUDIT_RATE, pageStart, publicPage } from '@/lib/server/audit/page';
import { publishedAnchors } from '@/lib/server/audit/published';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

/** GET: the anchors as this registry states them in evidence, each with its signed checkpoint, from an index on. */
export const GET = route(
  async ({ url, world }) => {
    const start = pageStart(url);
    if (!start.ok) return start;
    return publicPage({ anchors: await publishedAnchors(world, start.value.from) });
  },
  { rate: AUDIT_RATE },
);
