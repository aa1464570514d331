import { ed25519 } from '@noble/curves/ed25519.js';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { formatVerifierKey, verifierKey } from '@/lib/merkle/verifier-key';
import { fromHex } from '@/lib/record/hex';
import { ledgerCodeHash } from './chain/artifact';
import { env } from './env';

export interface PublishedRegistry extends RegistryDescriptor {
  /** What a citizen's browser may ask about the chain; null when the registry offers none of its own. */
  rpcUrl: string | null;
  /** The chain is this machine's own, for demonstration: it proves nothing to a stranger. */
  embedded: boolean;
}

/** The registry descriptor (protocol §5), from the configuration. */
export function registryDescriptor(): PublishedRegistry {
  const {
    REGISTRY_ORIGIN,
    LOG_KEY,
    CHAIN_ID,
    CONTRACT_ADDRESS,
    CHAIN_CONFIRMATIONS,
    CHAIN_PUBLIC_RPC_URL,
    DEMO,
  } = env();
  return {
    origin: REGISTRY_ORIGIN,
    logKey: formatVerifierKey(verifierKey(REGISTRY_ORIGIN, ed25519.getPublicKey(fromHex(LOG_KEY, 32)))),
    chainId: CHAIN_ID,
    contract: CONTRACT_ADDRESS.toLowerCase(),
    codeHash: `0x${ledgerCodeHash}`,
    confirmations: CHAIN_CONFIRMATIONS,
    predecessor: null,
    rpcUrl: CHAIN_PUBLIC_RPC_URL ?? null,
    embedded: DEMO,
  };
}
