import type { SealingErrorCode } from '@/lib/sealing/error';
import { verifyKeySet } from '@/lib/sealing/keyset';
import type { SealTarget } from './seal-request';

export type KeySetCheck = 'checking' | 'ok' | SealingErrorCode | 'unreachable';

export interface KeysToCheck extends Omit<SealTarget, 'tenderer'> {
  /** Ed25519 public keys (64 hex) of the members by commitment of their `signing-key` record. */
  readonly signingKeys: Readonly<Record<string, string>>;
  /** Reads the hash of the tender's key set (64 hex) from the chain, in this browser: never from the server's word. */
  readonly readKeySetHash: () => Promise<string>;
}

/** Checks the committee's keys in this browser against the chain, before anything is sealed to them. Never throws. */
export async function checkKeys(input: KeysToCheck): Promise<Exclude<KeySetCheck, 'checking'>> {
  const { registry, ocid, keySet, keyset, signingKeys, readKeySetHash } = input;
  let onChain: string;
  try {
    onChain = await readKeySetHash();
  } catch {
    return 'unreachable';
  }
  const { chainId, contract } = registry;
  const members = new Map(Object.entries(signingKeys));
  const verdict = verifyKeySet(keySet, { chainId, contract, ocid, onChain, signingKeys: members });
  if (!verdict.ok) return verdict.code;
  return verdict.hash === keyset ? 'ok' : 'keyset-not-on-chain';
}
