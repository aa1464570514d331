import { mayRead, PUBLIC_VIEWER } from '@/lib/procedure/disclosure';
import { refuse } from '@/lib/procedure/refusal';
import { phaseAt } from '@/lib/procedure/phase-at';
import { all, bidsToOpen } from '@/lib/procedure/state';
import { scopeOf } from '@/lib/procedure/scopes';
import { sendFile } from '@/lib/server/download';
import { loadProcess } from '@/lib/server/load-process';
import { viewerOf } from '@/lib/server/readers';
import { route } from '@/lib/server/route';
import { storedRange } from '@/lib/server/stored-range';

export const dynamic = 'force-dynamic';

/**
 * GET: a sealed bid. Committee members while its unit is being opened (they check the ciphertext that they release shares
 * for), its tenderer always, everybody after the opening.
 */
export const GET = route<{ sha256: string }>(async ({ request, params, world, actor }) => {
  if (!/^[0-9a-f]{64}$/.test(params.sha256)) return refuse('not-found');
  const row = await world.db.upload.findFirst({
    where: { kind: 'envelope', sha256: params.sha256, usedBy: { not: null } },
  });
  const process = row && (await loadProcess(world.db, world, row.tenderId));
  const bid = process && all(process, 'bid').find((b) => b.data.envelope === params.sha256);
  if (!bid) return refuse('not-found');
  const viewer = viewerOf(process, await actor());
  const scope = scopeOf(process, bid);
  const opening = phaseAt(scope, world.clock.now()) === 'opening' && bidsToOpen(scope).includes(bid);
  const member = opening && viewer.roles.includes('committee');
  if (!member && !mayRead(process, bid, viewer)) return refuse('not-found');
  return sendFile(request, {
    name: `${params.sha256.slice(0, 16)}.envelope`,
    mediaType: 'application/octet-stream',
    size: Number(row.size),
    sha256: row.sha256,
    shared: mayRead(process, bid, PUBLIC_VIEWER),
    read: (from, to) => storedRange(world.storage, row.storageKey, from, to),
  });
});
