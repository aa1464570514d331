import { leafHash } from '@/lib/merkle/hash';
import { verifyInclusion } from '@/lib/merkle/verify-inclusion';
import { fromHex, toHex } from '@/lib/record/hex';
import { stageKey } from '@/lib/record/stage-key';
import type { ChainStage } from './chain-reader';
import { unconfirmed, withContract, type Context } from './context';
import type { Evidence } from './format';
import type { StateReader } from './state-reader';
import { compare, fail, firstDifference, pass, skip, type Comparison, type Finding } from './step';

/** Step 8. The commitment is in the tree of the stage that the record itself names, of its process, unit and round. */
export async function stageStep(context: Context): Promise<Finding> {
  const { stage: proof, entry } = context.evidence;
  if (proof === null) return stageMissing(context);
  const belongs = belonging(context);
  if (belongs === null || firstDifference(belongs) !== undefined) {
    return fail('stage-of-another-process', ...(belongs ?? [compare('stage-number', '', proof.stage)]));
  }
  if (context.commitment === null) return fail('entry-not-canonical');
  const outcome = verifyInclusion({
    leafHash: leafHash(context.commitment),
    index: proof.index,
    treeSize: proof.count,
    rootHash: fromHex(proof.rootHash, 32),
    proof: proof.inclusionProof.map((hash) => fromHex(hash, 32)),
  });
  if (!outcome.ok) return fail('stage-proof-invalid', compare('reason', entry.record.type, outcome.fault));
  return pass('stage-contains-commitment', ...belongs, compare('stage-root', proof.rootHash, proof.rootHash));
}

/** What the record says of its stage beside what the stage proof says; null when the record names no stage. */
function belonging({ evidence: { stage: proof, entry } }: Context): Comparison[] | null {
  const { ocid, stage, unit, round } = entry.record;
  if (proof === null || ocid === undefined || stage === undefined) return null;
  return [
    compare('stage-number', stage, proof.stage),
    compare('stage-round', round ?? 0, proof.round),
    compare('stage-key', toHex(stageKey(ocid, stage, unit)), proof.key),
  ];
}

/**
 * There is no stage proof. While the stage is open that is as it should be. When it has closed with anchors that cover
 * this record, the evidence is out of date, or the record was left out: asking for the evidence again tells which.
 */
async function stageMissing(context: Context): Promise<Finding> {
  const { record } = context.evidence.entry;
  const { ocid, stage, unit, round } = record;
  if (ocid === undefined || stage === undefined) return skip('no-stage');
  if (context.chain === null) return skip('stage-open');
  const finding = await withContract(context, async (chain) => {
    const closed = await chain.stageAt(toHex(stageKey(ocid, stage, unit)), stage, round ?? 0);
    const anchor = closed === null ? null : await chain.anchorAt(closed.anchorIndex);
    const covered = anchor !== null && context.evidence.log.index < anchor.treeSize;
    return skip(covered ? 'stage-closed-since' : 'stage-open');
  });
  return finding.code === 'contract-code-differs' ? skip('stage-open') : finding;
}

type StageProof = NonNullable<Evidence['stage']>;

/** The chain's closing of a stage, where it is the one that the evidence states; null, with what differs, where it is not. */
export async function stageHeld(
  chain: StateReader,
  proof: StageProof,
): Promise<{ readonly closed: ChainStage | null; readonly finding: Finding }> {
  const closed = await chain.stageAt(proof.key, proof.stage, proof.round);
  if (closed === null)
    return { closed, finding: fail('stage-not-on-chain', compare('stage-key', '', proof.key)) };
  const compared = [
    compare('stage-root', closed.rootHash, proof.rootHash),
    compare('stage-count', closed.count, proof.count),
  ];
  if (firstDifference(compared) !== undefined)
    return { closed: null, finding: fail('stage-differs', ...compared) };
  return { closed, finding: pass('stage-on-chain', ...compared) };
}

/** Step 9. The chain holds this stage root and count for this key and round; a later round is pointed out. */
export async function stageAnchorStep(context: Context): Promise<Finding> {
  const { stage: proof, entry } = context.evidence;
  if (proof === null) return skip(entry.record.stage === undefined ? 'no-stage' : 'stage-open');
  return withContract(context, async (chain) => {
    const { closed, finding } = await stageHeld(chain, proof);
    if (closed === null) return finding;
    const early = await unconfirmed(context, chain, closed.blockNumber);
    if (early !== null) return early;
    const current = await chain.roundOf(proof.key, proof.stage);
    const round = compare('stage-round', current, proof.round);
    const code = current === proof.round ? 'stage-on-chain' : 'stage-of-earlier-round';
    return pass(code, ...finding.compared, round);
  });
}
