import { audit } from '@/lib/audit/audit';
import { nativeVerify } from '@/lib/server/ed25519';
import { nativeSha256, nativeSha256Into } from '@/lib/server/sha256';
import { registryInMemory, type RegistryInMemory } from './audit-registry';
import { sideBySide, timed, type Bench } from './figure';

const SHAPE = { leaves: 1_000_000, perAnchor: 1000, processes: 500 };
const RECORDS = 20 * SHAPE.processes;

/** Node hashes that give the root of a tree of `size` leaves from its complete subtrees. */
const foldings = (size: number) => size.toString(2).replaceAll('0', '').length - 1;

/**
 * The SHA-256 computations that no audit of this registry can do without: every leaf and node of the log, its root at each
 * anchor, every disclosed entry and its leaf, the nodes of every stage's tree. No signature, no reading, no comparison.
 */
function hashingAlone({ anchors, entryLengths, stageCounts }: RegistryInMemory): () => void {
  const inputs = (size: number) => new Uint8Array(size);
  const [leaf, node] = [inputs(33), inputs(65)];
  const entries = entryLengths.map((length) => inputs(32 + length));
  const roots = Array.from({ length: anchors }, (_, i) => foldings((i + 1) * SHAPE.perAnchor));
  const nodes = [SHAPE.leaves, ...stageCounts].map((count) => Math.max(0, count - 1));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const leafHashes = SHAPE.leaves + entries.length;
  const nodeHashes = sum(roots) + sum(nodes);
  return () => {
    for (let i = 0; i < leafHashes; i += 1) nativeSha256(leaf);
    for (let i = 0; i < nodeHashes; i += 1) nativeSha256(node);
    for (const entry of entries) nativeSha256(entry);
  };
}

export const auditBench: Bench = {
  about: 'the auditor over a million records, ten thousand of them disclosed, beside the hashing alone',
  async run() {
    const found = registryInMemory(SHAPE);
    const { sources, registry, now } = found;
    const subject = () =>
      timed(async () => {
        const native = { hashInto: nativeSha256Into, verify: nativeVerify };
        const { clean, counts } = await audit({ sources, registry, state: null, now, ...native });
        const done =
          counts.hashed === SHAPE.leaves && counts.records === RECORDS && counts.anchors === found.anchors;
        if (!clean || !done) throw new Error(`The audit did not do its work: ${JSON.stringify(counts)}`);
      });
    const floor = hashingAlone(found);
    const { runs, floorRuns } = await sideBySide(9, () => timed(floor), subject);
    const number = (value: number) => value.toLocaleString('en');
    return [
      {
        name: `Audit of ${number(SHAPE.leaves)} records, ${number(RECORDS)} disclosed, ${number(found.anchors)} anchors`,
        unit: 'ms',
        runs,
        floor: { name: 'the hashing that it cannot do without, alone', runs: floorRuns },
        wanted: [{ of: 'ratio', atMost: 2 }],
        note: `Every leaf, tile and root, every anchor with its signed checkpoint, ${number(SHAPE.processes)} processes with their closed stages and entries of 2 kB, from memory; the same hash function for both.`,
      },
    ];
  },
};
