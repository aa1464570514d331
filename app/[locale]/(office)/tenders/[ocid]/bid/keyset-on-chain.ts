import { decodeWords, encodeCall } from '@/lib/browser/verify/abi';
import { jsonRpc } from '@/lib/browser/verify/json-rpc';
import { toHex } from '@/lib/record/hex';
import { processKey } from '@/lib/record/stage-key';

/** Where the number of versions stands in `tenderOf`'s answer (contracts/LedgerTypes.sol, Tender). */
const COMMITTEES = 3;

/**
 * The hash of the key set now in force, asked of the contract by this browser: a platform that slipped its own keys into
 * the page would be found out here. 64 hex digits. @throws when no node is offered, or it does not answer.
 */
export async function keySetHashOnChain(
  chain: { rpcUrl: string | null; chainId: number; contract: string },
  ocid: string,
): Promise<string> {
  if (!chain.rpcUrl) throw new Error('The registry offers no node');
  const rpc = jsonRpc(chain.rpcUrl);
  const call = async (data: string): Promise<string> =>
    String(await rpc('eth_call', [{ to: chain.contract, data }, 'latest']));
  if (Number(await rpc('eth_chainId', [])) !== chain.chainId) throw new Error('The node is of another chain');
  const process = toHex(processKey(ocid));
  const tender = decodeWords(await call(encodeCall('tenderOf(bytes32)', [process])), 7);
  const version = tender.uint(COMMITTEES) - 1;
  const committee = decodeWords(
    await call(encodeCall('committeeAt(bytes32,uint256)', [process, version])),
    3,
  );
  return committee.hash(0);
}
