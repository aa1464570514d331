import { AUDIT_RATE, pageStart, publicPage } from '@/lib/server/audit/page';
import { publishedProcesses } from '@/lib/server/audit/published';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

/** GET: the published processes, a page at a time: key, ocid, and a word that changes when something public does. */
export const GET = route(
  async ({ url, world }) => {
    const start = pageStart(url);
    if (!start.ok) return start;
    const { items, next } = await publishedProcesses(world, start.value.from);
    return publicPage({ processes: items.map(({ key, ocid, change }) => ({ key, ocid, change })), next });
  },
  { rate: AUDIT_RATE },
);
