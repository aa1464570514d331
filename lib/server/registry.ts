import { ed25519 } from '@noble/curves/ed25519.js';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { formatVerifierKey, verifierKey } from '@/lib/merkle/verifier-key';
import { fromHex } from '@/lib/record/hex';
import { ledgerCodeHash } from './chain/artifact';
import { env, type Env } from './env';

export interface PublishedRegistry extends RegistryDescriptor {
  /** What a citizen's browser may ask about the chain; null when the registry offers none of its own. */
  rpcUrl: string | null;
  /** The chain is this machine's own, for demonstration: it proves nothing to a stranger. */
  embedded: boolean;
}

/** What a verifier of this registry pins (protocol §5), from the configuration. */
export function descriptorOf(configured: Env): RegistryDescriptor {
  const { REGISTRY_ORIGIN, LOG_KEY, CHAIN_ID, CONTRACT_ADDRESS, CHAIN_CONFIRMATIONS } = configured;
  return {
    origin: REGISTRY_ORIGIN,
    logKey: formatVerifierKey(verifierKey(REGISTRY_ORIGIN, ed25519.getPublicKey(fromHex(LOG_KEY, 32)))),
    chainId: CHAIN_ID,
    contract: CONTRACT_ADDRESS.toLowerCase(),
    codeHash: `0x${ledgerCodeHash}`,
    confirmations: CHAIN_CONFIRMATIONS,
    predecessor: null,
  };
}

/** The registry descriptor, with what pages and readers need beside it. */
export function registryDescriptor(): PublishedRegistry {
  const configured = env();
  const { CHAIN_PUBLIC_RPC_URL, DEMO } = configured;
  return { ...descriptorOf(configured), rpcUrl: CHAIN_PUBLIC_RPC_URL ?? null, embedded: DEMO };
}
