import type { VerifierKey } from '@/lib/merkle/verifier-key';
import { ChainUnavailable, type ChainReader } from './chain-reader';
import { backedByState, codeHashOf, type SettledState } from './state-fallback';
import type { OpenedState } from './state-proof';
import type { RegistryDescriptor } from './descriptor';
import type { Evidence } from './format';
import { compare, fail, skip, type Finding } from './step';

/** What the verifier computed from the file in question. */
export interface FileFacts {
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  /** In bytes; null when somebody gave the digest alone. */
  readonly size: number | null;
  readonly name?: string;
}

/** How far the clocks of registry and chain may differ, in milliseconds. Blocks are stamped by whoever makes them. */
export const CLOCK_TOLERANCE = 120_000;

/** Everything the steps look at. */
export interface Context {
  readonly evidence: Evidence;
  readonly registry: RegistryDescriptor;
  readonly logKey: VerifierKey;
  readonly file: FileFacts | null;
  readonly chain: ChainReader | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** SHA-256(salt ‖ JCS(entry)), computed here; null when the entry cannot be canonical. */
  readonly commitment: Uint8Array | null;
  /** The contract's storage as the evidence proves it; null where it brings none. */
  readonly state: OpenedState | null;
  readonly settled: SettledState;
}

/** Runs a part of a step that needs the pinned contract; answers itself when it cannot be asked. */
export async function withContract(
  context: Context,
  ask: (chain: ChainReader) => Promise<Finding>,
): Promise<Finding> {
  const { registry, settled } = context;
  return withNode(context, async (node) => {
    const codeHash = await codeHashOf(node, registry.contract, settled);
    if (codeHash !== registry.codeHash) {
      return fail('contract-code-differs', compare('code-hash', registry.codeHash, codeHash));
    }
    return ask(backedByState(node, settled));
  });
}

/** Runs a part of a step that needs a node of the pinned chain; answers itself when there is none that can be asked. */
export async function withNode(
  { chain, registry }: Context,
  ask: (chain: ChainReader) => Promise<Finding>,
): Promise<Finding> {
  if (chain === null) return skip('no-chain');
  try {
    const chainId = await chain.chainId();
    if (chainId !== registry.chainId)
      return skip('chain-is-another', compare('chain-id', registry.chainId, chainId));
    return await ask(chain);
  } catch (error) {
    if (error instanceof ChainUnavailable) {
      // Which of them is wrong cannot be told from here, so the answer of none counts, however the rest would end.
      const code = error.code === 'disagree' ? 'nodes-disagree' : 'chain-unavailable';
      return skip(code, compare('reason', '', error.message));
    }
    throw error;
  }
}

/** Null when `blockNumber` lies deep enough, by the descriptor's count of confirmations. */
export async function unconfirmed(
  { registry }: Pick<Context, 'registry'>,
  chain: Pick<ChainReader, 'blockNumber'>,
  blockNumber: number,
): Promise<Finding | null> {
  const depth = (await chain.blockNumber()) - blockNumber + 1;
  const needed = registry.confirmations;
  return depth >= needed ? null : skip('awaiting-confirmations', compare('confirmations', needed, depth));
}
