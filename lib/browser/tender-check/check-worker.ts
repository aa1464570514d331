import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { checkTender } from '@/lib/tender-check/check-tender';
import type { CheckRow } from '@/lib/tender-check/report';
import { loadFastHash } from '../sealing/fast-hash';
import type { LedgerReader } from '@/lib/evidence/chain-reader';
import { askNodes } from '../verify/ask-nodes';
import { registrySources } from './registry-sources';

/** What the page sends. To cancel, it ends the worker. */
export interface TenderCheckRequest {
  readonly ocid: string;
  readonly registry: RegistryDescriptor;
  /** Addresses of nodes, which must agree; none: no chain is asked. */
  readonly nodes: readonly string[];
}

/** What the page gets, rows as they are found. */
export type TenderCheckMessage =
  | { readonly kind: 'row'; readonly row: CheckRow }
  | { readonly kind: 'progress'; readonly done: number; readonly of: number }
  | { readonly kind: 'done'; readonly found: boolean }
  | { readonly kind: 'failed'; readonly reason: string };

const answer = (message: TenderCheckMessage): void => postMessage(message);

async function check({ ocid, registry, nodes }: TenderCheckRequest): Promise<void> {
  const sources = {
    ...registrySources(ocid),
    registry,
    // One for all: the nodes are asked as of one block, and what they said once need not be asked again for every record.
    chain: withoutProofs(askNodes(nodes, registry)),
    now: Date.now(),
    newHash: await loadFastHash(),
  };
  const rows = await checkTender(ocid, sources, {
    row: (found) => answer({ kind: 'row', row: found }),
    progress: (done, of) => answer({ kind: 'progress', done, of }),
  });
  answer({ kind: 'done', found: rows !== null });
}

/** A proof of the storage for each of some hundred records would take longer than all else that is asked of the nodes. */
function withoutProofs(chain: LedgerReader | null): LedgerReader | null {
  if (chain === null) return null;
  const { prove: _, ...views } = chain;
  return views;
}

addEventListener('message', ({ data }: MessageEvent<TenderCheckRequest>) => {
  check(data).catch((error: unknown) =>
    answer({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
  );
});
