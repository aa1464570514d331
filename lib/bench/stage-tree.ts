import { randomBytes } from 'node:crypto';
import { stageTree } from '@/lib/merkle/stage-tree';
import { nativeSha256 } from '@/lib/server/sha256';
import { sideBySide, timed, type Bench } from './figure';

const LEAVES = 100_000;
const ROUNDS = 9;

/** `count` inputs of the size of a leaf's or a node's. */
const inputs = (count: number, size: number) => Array.from({ length: count }, () => randomBytes(size));

/** A stage tree against the SHA-256 computations that it cannot do without: one a leaf, one a node. */
export const stageTreeBench: Bench = {
  about: 'the Merkle tree of a stage of 100,000 records, by merkletreejs',
  async run() {
    const commitments = inputs(LEAVES, 32);
    const leaves = inputs(LEAVES, 1 + 32);
    const nodes = inputs(LEAVES - 1, 1 + 64);
    const hashAll = () => {
      for (const input of leaves) nativeSha256(input);
      for (const input of nodes) nativeSha256(input);
    };
    const build = () => stageTree(commitments, nativeSha256).rootHash;
    // Once each without the watch: the first run is the compiler's.
    hashAll();
    build();
    const { runs, floorRuns } = await sideBySide(
      ROUNDS,
      () => timed(hashAll),
      () => timed(build),
    );
    return [
      {
        name: `stage tree of ${LEAVES.toLocaleString('en')} leaves`,
        unit: 'ms',
        runs,
        floor: { name: 'its 199,999 SHA-256 hashes alone, by the same function', runs: floorRuns },
        wanted: [{ of: 'ratio', atMost: 1.5 }],
      },
    ];
  },
};
