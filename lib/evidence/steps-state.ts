import { ChainUnavailable } from './chain-reader';
import { unconfirmed, withNode, type Context } from './context';
import { orderHeld } from './steps-order';
import { anchorHeld } from './steps-log';
import { stageHeld } from './steps-stage';
import type { ProvenState, StateFault } from './state-proof';
import { stateReader } from './state-reader';
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
  if (opened === null) return skip('no-state-proof');
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

/** The questions of steps 7, 9 and 10 to the contract, answered from the proofs: what fails, or null. */
async function contradicted(context: Context, state: ProvenState): Promise<Finding | null> {
  const { evidence } = context;
  const reader = stateReader(state);
  try {
    for (const { anchor } of [evidence, ...evidence.keys]) {
      if (anchor === null) continue;
      const later = laterThan(state, anchor);
      const held = later ?? (await anchorHeld(reader, anchor));
      if (held.outcome === 'fail') return fail('state-differs', ...held.compared);
    }
    const { stage } = evidence;
    if (stage !== null) {
      const { closed, finding } = await stageHeld(reader, stage);
      if (closed === null) return fail('state-differs', ...finding.compared);
      // Step 9 says which round counts now; the proofs must be able to answer it too.
      await reader.roundOf(stage.key, stage.stage);
    }
    const order = await orderHeld(context, reader);
    return order?.outcome === 'fail' ? fail('state-differs', ...order.compared) : null;
  } catch (error) {
    if (error instanceof ChainUnavailable)
      return fail('state-incomplete', compare('reason', '', error.message));
    throw error;
  }
}

type Anchor = NonNullable<Context['evidence']['anchor']>;

/** An anchor that was made in a later block than that of the state cannot be in it; in the same one it has its hash. */
function laterThan({ block }: ProvenState, { blockNumber, blockHash }: Anchor): Finding | null {
  if (blockNumber > block.number)
    return fail('state-differs', compare('block-number', block.number, blockNumber));
  const other = blockNumber === block.number && blockHash !== block.hash;
  return other ? fail('state-differs', compare('block-hash', block.hash, blockHash)) : null;
}
