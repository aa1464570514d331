import { ChainUnavailable } from './chain-reader';
import { unconfirmed, withNode, type Context } from './context';
import { orderHeld } from './steps-order';
import { anchorHeld } from './steps-log';
import { stageHeld } from './steps-stage';
import { openState, type ProvenState, type StateFault } from './state-proof';
import { stateReader, type StateReader } from './state-reader';
import { slotsOf } from './state-slots';
import { compare, fail, firstDifference, pass, skip, type FailCode, type Finding } from './step';

const FAULT_CODES: Record<StateFault, FailCode> = {
  'header-malformed': 'state-header-malformed',
  'account-unproven': 'state-account-unproven',
  'no-account': 'state-account-unproven',
};

/**
 * Step 11. What the evidence says of the contract follows from one block of the chain, by the storage proofs that it
 * brings; then one number and hash are all that is left to ask for.
 */
export async function stateStep(context: Context): Promise<Finding> {
  const { state: opened, registry, chain } = context;
  if (opened === null) return chain?.prove === undefined ? skip('no-state-proof') : stateOfNode(context);
  if (!opened.ok) return fail(FAULT_CODES[opened.fault], compare('reason', '', opened.fault));
  const { state } = opened;
  if (state.codeHash !== registry.codeHash) {
    return fail('contract-code-differs', compare('code-hash', registry.codeHash, state.codeHash));
  }
  const contradiction = await contradicted(context, state);
  if (contradiction !== null) return contradiction;
  const { number, hash } = state.block;
  if (chain === null) {
    return skip(
      'state-block-to-compare',
      compare('block-number', '', number),
      compare('block-hash', '', hash),
    );
  }
  return withNode(context, async (node) => {
    const early = await unconfirmed(context, node, number);
    if (early !== null) return early;
    const block = await node.blockByNumber(number);
    if (block === null) return skip('chain-unavailable', compare('block-hash', '', hash));
    const compared = [compare('block-number', number, number), compare('block-hash', block.hash, hash)];
    return firstDifference(compared) === undefined
      ? pass('state-proven', ...compared)
      : fail('state-of-another-block', ...compared);
  });
}

/**
 * The evidence brings no proofs, but the node may: then its answers are held against its own block. Where they do not
 * follow from it, the node has two stories, and neither counts. That it gives no proofs says nothing.
 */
function stateOfNode(context: Context): Promise<Finding> {
  const { evidence, registry } = context;
  // Of what is not anchored yet the contract holds nothing.
  if (evidence.anchor === null) return Promise.resolve(skip('no-state-proof'));
  return withNode(context, async (node) => {
    const { stage } = evidence;
    // What the node itself says against the evidence, the other steps report.
    if ((await refusedBy(context, node)) !== null) return skip('no-state-proof');
    const closed = stage === null ? null : await node.stageAt(stage.key, stage.stage, stage.round);
    const witness = (await node.prove?.(slotsOf(evidence, closed?.anchorIndex ?? null))) ?? null;
    const opened = witness === null ? null : openState(witness, registry.contract);
    if (opened === null || !opened.ok) return skip('no-state-proof');
    const { codeHash, block } = opened.state;
    const contradiction = await contradicted(context, opened.state);
    const compared = [
      compare('code-hash', registry.codeHash, codeHash),
      compare('block-hash', (await node.blockByNumber(block.number))?.hash ?? '', block.hash),
    ];
    return contradiction === null && firstDifference(compared) === undefined
      ? pass('state-of-node', compare('block-number', block.number, block.number), ...compared)
      : skip('node-contradicts-itself', ...(contradiction?.compared ?? []), ...compared);
  });
}

/** What the proven storage says against the evidence, or leaves open; null when it bears it out. */
async function contradicted(context: Context, state: ProvenState): Promise<Finding | null> {
  const { evidence } = context;
  try {
    for (const { anchor } of [evidence, ...evidence.keys]) {
      const later = anchor === null ? null : laterThan(state, anchor);
      if (later !== null) return later;
    }
    const refused = await refusedBy(context, stateReader(state));
    return refused === null ? null : fail('state-differs', ...refused.compared);
  } catch (error) {
    if (error instanceof ChainUnavailable)
      return fail('state-incomplete', compare('reason', '', error.message));
    throw error;
  }
}

/** The questions of steps 7, 9 and 10 to the contract: the first answer against the evidence, or null. */
async function refusedBy(context: Context, reader: StateReader): Promise<Finding | null> {
  const { evidence } = context;
  for (const { anchor } of [evidence, ...evidence.keys]) {
    const held = anchor === null ? null : await anchorHeld(reader, anchor);
    if (held?.outcome === 'fail') return held;
  }
  const { stage } = evidence;
  if (stage !== null) {
    const { closed, finding } = await stageHeld(reader, stage);
    if (closed === null) return finding;
    // Step 9 says which round counts now: proofs must be able to answer it too.
    await reader.roundOf(stage.key, stage.stage);
  }
  const order = await orderHeld(context, reader);
  return order?.outcome === 'fail' ? order : null;
}

type Anchor = NonNullable<Context['evidence']['anchor']>;

/** An anchor that was made in a later block than that of the state cannot be in it; in the same one it has its hash. */
function laterThan({ block }: ProvenState, { blockNumber, blockHash }: Anchor): Finding | null {
  if (blockNumber > block.number)
    return fail('state-differs', compare('block-number', block.number, blockNumber));
  const other = blockNumber === block.number && blockHash !== block.hash;
  return other ? fail('state-differs', compare('block-hash', block.hash, blockHash)) : null;
}
