import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { checkTender } from '@/lib/tender-check/check-tender';
import type { CheckRow } from '@/lib/tender-check/report';
import { loadFastHash } from '../sealing/fast-hash';
import { chainReader } from '../verify/chain-reader';
import { registrySources } from './registry-sources';

/** What the page sends. To cancel, it ends the worker. */
export interface TenderCheckRequest {
  readonly ocid: string;
  readonly registry: RegistryDescriptor;
  /** Address of a node; null to ask no chain. */
  readonly node: string | null;
}

/** What the page gets, rows as they are found. */
export type TenderCheckMessage =
  | { readonly kind: 'row'; readonly row: CheckRow }
  | { readonly kind: 'progress'; readonly done: number; readonly of: number }
  | { readonly kind: 'done'; readonly found: boolean }
  | { readonly kind: 'failed'; readonly reason: string };

const answer = (message: TenderCheckMessage): void => postMessage(message);

async function check({ ocid, registry, node }: TenderCheckRequest): Promise<void> {
  const sources = {
    ...registrySources(ocid),
    registry,
    // One for all: what a node said of a block once need not be asked again for every record.
    chain: node === null ? null : chainReader(node, registry.contract),
    now: Date.now(),
    newHash: await loadFastHash(),
  };
  const rows = await checkTender(ocid, sources, {
    row: (found) => answer({ kind: 'row', row: found }),
    progress: (done, of) => answer({ kind: 'progress', done, of }),
  });
  answer({ kind: 'done', found: rows !== null });
}

addEventListener('message', ({ data }: MessageEvent<TenderCheckRequest>) => {
  check(data).catch((error: unknown) =>
    answer({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
  );
});
