import { chainReader } from '@/lib/browser/verify/chain-reader';
import { toHex } from '@/lib/record/hex';
import { unitBefore, type Unit } from '@/lib/procedure/units';
import { processKey, stageKey } from '@/lib/record/stage-key';

export interface ChainToAsk {
  chainId: number;
  contract: string;
  confirmations: number;
}

export type ClosedOutcome = 'closed' | 'noNode' | 'unreachable' | 'otherChain' | 'notClosed' | 'notFinal';

const BIDS = 2;
const EVALUATION = 4;

/**
 * Whether the contract has closed the bids of this tender (and, before a second envelope, the evaluation of the first), and
 * deep enough: asked by the member's own browser, since a
 * platform that lied about it could have the bids opened early (protocol §7.6).
 */
export async function bidsClosedOnChain(
  node: string,
  chain: ChainToAsk,
  ocid: string,
  unit: Unit | null,
): Promise<ClosedOutcome> {
  if (!URL.canParse(node)) return 'noNode';
  try {
    const reader = chainReader(node, chain.contract);
    if ((await reader.chainId()) !== chain.chainId) return 'otherChain';
    const before = unit && unitBefore(unit);
    const stage = before
      ? await reader.stageAt(toHex(stageKey(ocid, EVALUATION, before)), EVALUATION, 0)
      : await reader.stageAt(toHex(processKey(ocid)), BIDS, 0);
    if (!stage) return 'notClosed';
    const head = await reader.blockNumber();
    return head - stage.blockNumber + 1 >= chain.confirmations ? 'closed' : 'notFinal';
  } catch {
    return 'unreachable';
  }
}
