import { chainReader } from '@/lib/browser/verify/chain-reader';
import { processKey } from '@/lib/record/stage-key';
import { toHex } from '@/lib/record/hex';
import { assembleEvidence } from '@/lib/server/evidence';
import { publishedProcess } from '@/lib/server/audit/published';
import { registryDescriptor } from '@/lib/server/registry';
import { nativeSha256 } from '@/lib/server/sha256';
import { checkTender, type TenderCheckSources } from '@/lib/tender-check/check-tender';
import type { CheckRow } from '@/lib/tender-check/report';
import type { Scene } from './scene';

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

/** What a citizen's browser reads of a tender, from the same functions that answer it, and the chain itself. */
export function checkSources({ world, test, clock }: Scene, ocid: string): TenderCheckSources {
  const { rpcUrl: _rpcUrl, embedded: _embedded, ...registry } = registryDescriptor();
  return {
    registry,
    chain: chainReader(test.chain.rpcUrl, registry.contract),
    now: clock.now(),
    process: () => publishedProcess(world, toHex(processKey(ocid)), 0),
    async evidence(recordId) {
      const assembled = await assembleEvidence(world, recordId);
      return assembled.ok ? JSON.stringify(assembled.evidence) : null;
    },
    async document(recordId, id) {
      const row = await world.db.recordDocument.findFirst({ where: { id, recordId } });
      if (!row) return null;
      const bytes = await bytesOf(world.storage.get(row.storageKey));
      return { sha256: toHex(nativeSha256(bytes)), size: bytes.length };
    },
    async envelope(sha256) {
      const row = await world.db.upload.findFirst({
        where: { kind: 'envelope', sha256, usedBy: { not: null } },
      });
      if (!row) return null;
      const bytes = await bytesOf(world.storage.get(row.storageKey));
      return {
        size: bytes.length,
        async *stream(from, to) {
          yield bytes.subarray(from, to);
        },
      };
    },
  };
}

/** Rows of a check, over sources of which some are replaced. */
export async function checked(
  scene: Scene,
  ocid: string,
  replaced: Partial<TenderCheckSources> = {},
): Promise<CheckRow[]> {
  const quiet = { row: () => undefined, progress: () => undefined };
  const rows = await checkTender(ocid, { ...checkSources(scene, ocid), ...replaced }, quiet);
  if (rows === null) throw new Error(`${ocid} is not published`);
  return rows;
}

/** `code: name` of every row that does not hold, but for what is withheld. */
export const faultsOf = (rows: readonly CheckRow[]): string[] =>
  rows
    .filter(({ outcome }) => outcome !== 'holds' && outcome !== 'withheld')
    .map(({ code, name, detail }) => [code, name, detail].join(' | '));
