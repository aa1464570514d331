import { GET as getAnchors } from '@/app/api/v1/audit/anchors/route';
import { GET as getProcess } from '@/app/api/v1/audit/processes/[key]/route';
import { GET as getProcesses } from '@/app/api/v1/audit/processes/route';
import { GET as getRegistryRecords } from '@/app/api/v1/audit/registry-records/route';
import { GET as getCheckpoint } from '@/app/log/checkpoint/route';
import { GET as getTile } from '@/app/log/tile/[...path]/route';
import { audit, type AuditResult } from '@/lib/audit/audit';
import type { GivenReceipt } from '@/lib/audit/check-receipt';
import type { Slice } from '@/lib/audit/reread';
import { httpLog, httpRegistry, type Get } from '@/lib/audit/http-source';
import type { AuditState } from '@/lib/audit/state';
import { ledgerSource } from '@/lib/server/audit/ledger-source';
import { forgetRates } from '@/lib/server/rate-limit';
import { descriptorOf } from '@/lib/server/registry';
import type { World } from '@/lib/server/world';
import { call } from '../api/fixture';
import type { Scene } from '../../support/scene';

/** Lets `world()` be this scene's: what the route handlers look at. */
export function serveScene(scene: Scene): void {
  (globalThis as typeof globalThis & { tenderproofWorld?: World }).tenderproofWorld = scene.world;
}

/** The routes, as a stranger asks them, without a server in between. */
async function ask(path: string): Promise<Response> {
  const url = `/${path}`;
  const tile = /^log\/tile\/(.+)$/.exec(path)?.[1];
  const key = /^api\/v1\/audit\/processes\/([0-9a-f]{64})/.exec(path)?.[1];
  if (path === 'log/checkpoint') return call(getCheckpoint.as(null), url, {});
  if (tile) return call(getTile.as(null), url, { path: tile.split('/') });
  if (key) return call(getProcess.as(null), url, { key });
  if (path.startsWith('api/v1/audit/processes')) return call(getProcesses.as(null), url, {});
  if (path.startsWith('api/v1/audit/anchors')) return call(getAnchors.as(null), url, {});
  if (path.startsWith('api/v1/audit/registry-records')) return call(getRegistryRecords.as(null), url, {});
  throw new Error(`No such path: ${path}`);
}

export const get: Get = async (path) => {
  forgetRates();
  const response = await ask(path);
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
};

/** A stranger's audit, from public data and the chain: a full one unless asked otherwise. */
export function auditPublic(
  { world, chain }: Scene,
  state: AuditState | null = null,
  options: { receipts?: GivenReceipt[]; full?: boolean; slice?: Slice } = {},
): Promise<AuditResult> {
  return audit({
    sources: { log: httpLog(get), ledger: ledgerSource(chain.ledger), registry: httpRegistry(get) },
    registry: descriptorOf(world.env),
    state,
    full: true,
    now: world.clock.now(),
    ...options,
  });
}
