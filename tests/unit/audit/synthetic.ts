import { ed25519 } from '@noble/curves/ed25519.js';
import type { AuditSources } from '@/lib/audit/sources';
import type { ChainAnchor } from '@/lib/evidence/chain-reader';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { append, EMPTY_LOG } from '@/lib/merkle/append';
import { signCheckpoint } from '@/lib/merkle/checkpoint';
import { leafHash } from '@/lib/merkle/hash';
import { encodeEntries } from '@/lib/merkle/tile-path';
import { buildLevels, rootOf } from '@/lib/merkle/tree';
import { formatVerifierKey, verifierKey } from '@/lib/merkle/verifier-key';
import { toHex } from '@/lib/record/hex';

const ORIGIN = 'log.example/registry';
const SECRET = new Uint8Array(32).fill(7);

export const REGISTRY: RegistryDescriptor = {
  origin: ORIGIN,
  logKey: formatVerifierKey(verifierKey(ORIGIN, ed25519.getPublicKey(SECRET))),
  chainId: 31337,
  contract: `0x${'11'.repeat(20)}`,
  codeHash: `0x${'22'.repeat(32)}`,
  confirmations: 1,
  predecessor: null,
};

/** A log in memory, each part of which can be changed by itself. */
export interface Synthetic {
  leaves: (Uint8Array | null)[];
  size: number;
  rootHash: Uint8Array;
  /** Current tiles by `level/index`. */
  tiles: Map<string, Uint8Array>;
  anchors: ChainAnchor[];
  secret: Uint8Array;
}

/** Different for every number and every salt. */
export const commitment = (index: number, salt = 0) =>
  leafHash(new Uint8Array(32).fill(salt).map((byte, i) => (i < 4 ? (index >> (8 * i)) & 255 : byte)));

/** A whole log of `size` leaves, the first of them as given, with anchors at some sizes. */
export function synthetic(
  size: number,
  anchorSizes: readonly number[],
  salt = 0,
  given: readonly Uint8Array[] = [],
): Synthetic {
  const leaves = Array.from({ length: size }, (_, i) => given[i] ?? commitment(i, salt));
  const { rootHash, fullTiles, partialTiles } = append(EMPTY_LOG, leaves);
  const levels = buildLevels(leaves.map(leafHash));
  const sizes = [...new Set(anchorSizes.filter((n) => n > 0 && n <= size))].toSorted((a, b) => a - b);
  return {
    leaves,
    size,
    rootHash,
    tiles: new Map([...fullTiles, ...partialTiles].map((t) => [`${t.level}/${t.index}`, t.bytes])),
    anchors: sizes.map((treeSize, i) => ({
      treeSize,
      time: 1_790_000_000 + 60 * i,
      rootHash: toHex(rootOf(levels, treeSize)),
    })),
    secret: SECRET,
  };
}

export function sourcesOf(log: Synthetic): AuditSources {
  const none = async () => null;
  return {
    log: {
      async checkpoint() {
        return signCheckpoint({ origin: ORIGIN, size: log.size, rootHash: log.rootHash }, log.secret);
      },
      async entries(index, width) {
        const bundle = log.leaves.slice(index * 256, index * 256 + width);
        const whole = bundle.filter((leaf) => leaf !== null);
        return whole.length === width ? encodeEntries(whole) : null;
      },
      tile: async (level, index, width) => log.tiles.get(`${level}/${index}`)?.slice(0, width * 32) ?? null,
    },
    ledger: {
      codeFault: none,
      blockNumber: async () => 100,
      anchorCount: async () => log.anchors.length,
      anchorAt: async (index) => log.anchors[index] ?? Promise.reject(new RangeError(`anchor ${index}`)),
      processCount: async () => 0,
      processAt: () => Promise.reject(new RangeError()),
      unitCount: async () => 0,
      unitAt: () => Promise.reject(new RangeError()),
      tenderOf: none,
      stageAt: none,
      roundOf: async () => 0,
      awardOf: none,
      cancellationOf: none,
    },
    registry: {
      anchors: async () => [],
      processes: async () => [],
      process: none,
      registryRecords: async () => [],
    },
  };
}
