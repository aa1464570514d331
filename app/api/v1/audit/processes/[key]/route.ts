import { refuse } from '@/lib/procedure/refusal';
import { isHex } from '@/lib/record/hex';
import { AUDIT_RATE, pageStart, publicPage } from '@/lib/server/audit/page';
import { publishedProcess } from '@/lib/server/audit/published';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

/**
 * GET: what an auditor needs of one process: for each closed stage the log indices of its leaves, and every disclosed
 * entry with its salt and its place in the log, a page of records at a time.
 */
export const GET = route<{ key: string }>(
  async ({ url, params: { key }, world }) => {
    const start = pageStart(url);
    if (!start.ok) return start;
    const found = isHex(key, 32) ? await publishedProcess(world, key, start.value.from) : null;
    return found ? publicPage(found) : refuse('not-found');
  },
  { rate: AUDIT_RATE },
);
