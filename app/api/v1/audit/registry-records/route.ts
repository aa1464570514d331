import { AUDIT_RATE, pageStart, publicPage } from '@/lib/server/audit/page';
import { publishedRegistryRecords } from '@/lib/server/audit/published';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

/** GET: public records of no process (signing keys), with salt and place in the log, a page at a time. */
export const GET = route(
  async ({ url, world }) => {
    const start = pageStart(url);
    if (!start.ok) return start;
    const { items, next } = await publishedRegistryRecords(world, start.value.from);
    return publicPage({ records: items, next });
  },
  { rate: AUDIT_RATE },
);
