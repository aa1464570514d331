import { refuse } from '@/lib/procedure/refusal';
import { attachment } from '@/lib/server/download';
import { sealingKitOf } from '@/lib/server/sealing-kit';
import { json, OPEN_TO_ALL, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

/** GET: all that is needed to seal a bid for this tender on a computer without a connection. Public after publication. */
export const GET = route<{ ocid: string }>(async ({ params: { ocid }, world }) => {
  const kit = await sealingKitOf(world, ocid);
  if (!kit) return refuse('not-found');
  const headers = { ...OPEN_TO_ALL, 'Content-Disposition': attachment(`sealing-kit-${kit.ocid}.json`) };
  return json(kit, { headers });
});
