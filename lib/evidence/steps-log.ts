import { verifyCheckpoint, type CheckpointFault } from '@/lib/merkle/checkpoint';
import { leafHash } from '@/lib/merkle/hash';
import { verifyInclusion } from '@/lib/merkle/verify-inclusion';
import { commit } from '@/lib/record/commitment';
import { fromHex, toHex } from '@/lib/record/hex';
import { unconfirmed, withContract, type Context } from './context';
import type { ChainReader } from './chain-reader';
import type { KeyEvidence } from './format';
import type { StateReader } from './state-reader';
import { compare, fail, firstDifference, pass, skip, type FailCode, type Finding } from './step';

/** The commitment that a proof's entry and salt give; null for an entry that cannot be written canonically. */
export function commitmentOf(proof: KeyEvidence): Uint8Array | null {
  try {
    return commit(fromHex(proof.salt, 32), proof.entry);
  } catch {
    return null;
  }
}

/** Step 5. The commitment is leaf number `index` of the log, at the size and root that the evidence states. */
export function logStep(proof: KeyEvidence): Finding {
  const commitment = commitmentOf(proof);
  if (commitment === null) return fail('entry-not-canonical');
  const { index, treeSize, rootHash, inclusionProof } = proof.log;
  const outcome = verifyInclusion({
    leafHash: leafHash(commitment),
    index,
    treeSize,
    rootHash: fromHex(rootHash, 32),
    proof: inclusionProof.map((hash) => fromHex(hash, 32)),
  });
  if (!outcome.ok) return fail('log-proof-invalid', compare('reason', '', outcome.fault));
  return pass('log-contains-commitment', compare('log-root', rootHash, rootHash));
}

const CHECKPOINT_CODES: Record<CheckpointFault, FailCode> = {
  malformed: 'checkpoint-malformed',
  'origin-mismatch': 'checkpoint-of-another',
  'not-signed-by-key': 'checkpoint-signature-invalid',
  'signature-invalid': 'checkpoint-signature-invalid',
};

/** Step 6. The pinned log key signed a checkpoint of just this size and root. */
export function checkpointStep({ logKey }: Pick<Context, 'logKey'>, proof: KeyEvidence): Finding {
  const outcome = verifyCheckpoint(proof.checkpoint, logKey);
  if (!outcome.ok)
    return fail(CHECKPOINT_CODES[outcome.fault], compare('log-key', logKey.name, outcome.fault));
  const compared = [
    compare('log-size', outcome.checkpoint.size, proof.log.treeSize),
    compare('log-root', toHex(outcome.checkpoint.rootHash), proof.log.rootHash),
  ];
  if (firstDifference(compared) !== undefined) return fail('checkpoint-of-another-tree', ...compared);
  return pass('checkpoint-signed', ...compared);
}

/** Step 7. The chain holds this size and root, as the anchor that the evidence names, in a final block. */
export async function anchorStep(context: Context, proof: KeyEvidence): Promise<Finding> {
  const { anchor, log } = proof;
  if (anchor === null) return skip('not-anchored-yet');
  const tree = [
    compare('log-size', log.treeSize, anchor.treeSize),
    compare('log-root', log.rootHash, anchor.rootHash),
  ];
  if (firstDifference(tree) !== undefined) return fail('anchor-of-another-tree', ...tree);
  return withContract(context, (chain) => anchorOnChain(context, chain, anchor));
}

type Anchor = NonNullable<KeyEvidence['anchor']>;

/** The contract holds this size, root and time under this index. */
export async function anchorHeld(chain: StateReader, anchor: Anchor): Promise<Finding> {
  const stored = await chain.anchorAt(anchor.anchorIndex);
  if (stored === null) return fail('anchor-not-on-chain', compare('anchor-index', anchor.anchorIndex, ''));
  const compared = [
    compare('log-size', stored.treeSize, anchor.treeSize),
    compare('log-root', stored.rootHash, anchor.rootHash),
    compare('block-time', stored.time, anchor.time),
  ];
  return firstDifference(compared) === undefined
    ? pass('anchor-on-chain', ...compared)
    : fail('anchor-differs', ...compared);
}

async function anchorOnChain(context: Context, chain: ChainReader, anchor: Anchor): Promise<Finding> {
  const held = await anchorHeld(chain, anchor);
  if (held.outcome === 'fail') return held;
  const early = await unconfirmed(context, chain, anchor.blockNumber);
  if (early !== null) return early;
  const block = await chain.blockByNumber(anchor.blockNumber);
  if (block === null) return skip('chain-unavailable', compare('block-hash', anchor.blockHash, ''));
  // The contract keeps the time but not the block: this ties the number, from which finality is counted, to it.
  const header = [
    compare('block-hash', block.hash, anchor.blockHash),
    compare('block-time', block.time, anchor.time),
  ];
  if (firstDifference(header) !== undefined) return fail('block-differs', ...header);
  return pass('anchor-on-chain', ...held.compared, ...header);
}
