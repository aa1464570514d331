import { ENTRY_SIZE } from '@/lib/audit/log-tile';
import type { AuditSources, PublishedAnchor } from '@/lib/audit/sources';
import { TILE_WIDTH } from '@/lib/merkle/tile';
import type { Finished } from './audit-registry';

// What an audit reads, out of memory.

type AllFinished = ReadonlyMap<string, Finished>;

const PAGE = 500;

export function served(anchors: readonly PublishedAnchor[], finished: AllFinished): AuditSources['registry'] {
  return {
    anchors: async (from) => anchors.slice(from, from + PAGE),
    processes: async () =>
      [...finished.values()].map(({ published: { key, ocid } }) => ({
        key,
        ocid,
        change: '1',
        published: true,
      })),
    process: async (key) => finished.get(key)?.published ?? null,
    registryRecords: async () => [],
  };
}

export function logAndChain(
  bundles: Uint8Array,
  tiles: ReadonlyMap<string, Uint8Array>,
  anchors: readonly PublishedAnchor[],
  finished: AllFinished,
): Pick<AuditSources, 'log' | 'ledger'> {
  const keys = [...finished.keys()];
  const missing = () => Promise.reject(new RangeError('there is no such thing'));
  const zero = async () => 0;
  return {
    log: {
      checkpoint: async () => anchors.at(-1)?.checkpoint ?? null,
      entries: async (index, width) =>
        bundles.subarray(index * TILE_WIDTH * ENTRY_SIZE, (index * TILE_WIDTH + width) * ENTRY_SIZE),
      tile: async (level, index) => tiles.get(`${level}/${index}`) ?? null,
    },
    ledger: {
      codeFault: async () => null,
      blockNumber: async () => 10 * keys.length + 100,
      anchorCount: async () => anchors.length,
      anchorAt: async (index) => anchors[index] ?? missing(),
      processCount: async () => keys.length,
      processAt: async (index) => keys[index] ?? missing(),
      ...{ unitCount: zero, unitAt: missing, roundOf: zero },
      tenderOf: async (process) => finished.get(process)?.tender ?? null,
      stageAt: async (key, stage) => finished.get(key)?.stages[stage] ?? null,
      async awardOf(key) {
        const found = finished.get(key);
        if (!found) return null;
        const { bidsDue: time, blockNumber } = found.tender;
        return { commitment: found.award, standstillEnds: time, time, blockNumber };
      },
      cancellationOf: async () => null,
    },
  };
}
