import { ed25519 } from '@noble/curves/ed25519.js';
import { randomBytes } from 'node:crypto';
import { audit } from '@/lib/audit/audit';
import type { AuditSources } from '@/lib/audit/sources';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { append, EMPTY_LOG } from '@/lib/merkle/append';
import { signCheckpoint } from '@/lib/merkle/checkpoint';
import { formatVerifierKey, verifierKey } from '@/lib/merkle/verifier-key';
import { nativeSha256 } from '@/lib/server/sha256';
import { sideBySide, type Bench } from './figure';

const LEAVES = 1_000_000;
const ENTRY = 34;
const TILE = 256;
const ORIGIN = 'bench.example/registry';

/** Leaf hashes and node hashes of the tree, and nothing else. @returns milliseconds */
function hashingAlone(): number {
  const leaf = new Uint8Array(33);
  const node = new Uint8Array(65);
  const began = performance.now();
  for (let i = 0; i < LEAVES; i += 1) nativeSha256(leaf);
  for (let i = 1; i < LEAVES; i += 1) nativeSha256(node);
  return performance.now() - began;
}

/** A log of random leaves in memory, as an audit is served it. */
function logInMemory(): { sources: AuditSources; registry: RegistryDescriptor } {
  const secret = new Uint8Array(randomBytes(32));
  const bundles = new Uint8Array(randomBytes(LEAVES * ENTRY));
  const leaves = Array.from({ length: LEAVES }, (_, i) => {
    bundles.set([0, 32], i * ENTRY);
    return bundles.subarray(i * ENTRY + 2, (i + 1) * ENTRY);
  });
  const { rootHash, fullTiles, partialTiles } = append(EMPTY_LOG, leaves);
  const tiles = new Map([...fullTiles, ...partialTiles].map((t) => [`${t.level}/${t.index}`, t.bytes]));
  const note = signCheckpoint({ origin: ORIGIN, size: LEAVES, rootHash }, secret);
  const none = async () => null;
  const zero = async () => 0;
  const absent = () => Promise.reject(new RangeError('nothing was ever anchored here'));
  const log = {
    checkpoint: async () => note,
    entries: async (index: number, width: number) =>
      bundles.subarray(index * TILE * ENTRY, (index * TILE + width) * ENTRY),
    tile: async (level: number, index: number) => tiles.get(`${level}/${index}`) ?? null,
  };
  const ledger = {
    ...{ codeFault: none, blockNumber: zero, anchorCount: zero, anchorAt: absent, processCount: zero },
    ...{ processAt: absent, unitCount: zero, unitAt: absent, tenderOf: none, stageAt: none, roundOf: zero },
    ...{ awardOf: none, cancellationOf: none },
  };
  const nothing = async () => [];
  const registry = { anchors: nothing, processes: nothing, process: none, registryRecords: nothing };
  const logKey = formatVerifierKey(verifierKey(ORIGIN, ed25519.getPublicKey(secret)));
  const pinned = { origin: ORIGIN, logKey, chainId: 1, contract: `0x${'0'.repeat(40)}` };
  return {
    sources: { log, ledger, registry },
    registry: { ...pinned, codeHash: `0x${'0'.repeat(64)}`, confirmations: 1, predecessor: null },
  };
}

export const auditBench: Bench = {
  about: 'the auditor over a million leaves, beside the hashing alone',
  async run() {
    const { sources, registry } = logInMemory();
    const subject = async () => {
      const began = performance.now();
      const result = await audit({ sources, registry, state: null, now: 0, hash: nativeSha256 });
      if (!result.clean || result.counts.hashed !== LEAVES) throw new Error('The audit did not do its work.');
      return performance.now() - began;
    };
    const { runs, floorRuns } = await sideBySide(3, hashingAlone, subject);
    return [
      {
        name: `Audit of ${LEAVES.toLocaleString('en')} leaves`,
        unit: 'ms',
        runs,
        floor: { name: 'their leaf and node hashes alone', runs: floorRuns },
        wanted: [{ of: 'ratio', atMost: 2 }],
        note: 'Every leaf, tile and root recomputed and compared, from memory; the same hash function for both.',
      },
    ];
  },
};
