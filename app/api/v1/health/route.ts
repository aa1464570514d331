import { logHead } from '@/lib/server/log-store';
import { json, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

/** A commitment that waits longer than this (milliseconds) says that no worker is running. */
const SEQUENCER_LATE = 30_000;

/** GET: 200 while the database answers and the log moves, else 503. For load balancers and monitors. */
export const GET = route(
  async ({ world }) => {
    const [head, oldest, anchor] = await Promise.all([
      logHead(world.db),
      world.db.filing.findFirst({ orderBy: { id: 'asc' }, select: { filedAt: true } }),
      world.db.anchor.findFirst({ orderBy: { index: 'desc' }, select: { treeSize: true, time: true } }),
    ]);
    const late = oldest !== null && world.clock.now() - oldest.filedAt.getTime() > SEQUENCER_LATE;
    const answer = {
      ok: !late,
      treeSize: head?.size ?? 0,
      anchoredSize: Number(anchor?.treeSize ?? 0),
      anchoredAt: anchor?.time.toISOString() ?? null,
    };
    return json(answer, { status: late ? 503 : 200 });
  },
  { rate: { name: 'health', perMinute: 600 } },
);
