import { sha256 } from '@noble/hashes/sha2.js';
import * as z from 'zod';
import { parseVerifierKey } from '@/lib/merkle/verifier-key';
import { toHex } from '@/lib/record/hex';
import { canonicalBytes } from '@/lib/record/jcs';

/** An account or contract of the chain. Case is not significant here: compare with `sameAddress`. */
export const addressSchema = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, 'Expected an address: 0x and 40 hexadecimal digits');

/** Hashes that belong to the chain (keccak-256) carry `0x`; those of the registry (SHA-256) do not. */
export const chainHashSchema = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/, 'Expected 0x and 64 lower-case hexadecimal digits');

/**
 * What a verifier trusts (protocol §5): pinned in the verifier, in the README and in the log, and never taken from the
 * server whose documents are being checked.
 */
export const registryDescriptorSchema = z
  .strictObject({
    /** The registry's name; the checkpoint's first line. */
    origin: z.string().min(1).max(200),
    /** C2SP verifier key of the log: `<origin>+<key id>+<base64>`. */
    logKey: z.string().max(400),
    chainId: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
    contract: addressSchema,
    /** keccak-256 of the contract's deployed code, as eth_getCode returns it. */
    codeHash: chainHashSchema,
    /** Blocks that must hold something, its own included, before it counts as final. */
    confirmations: z.int().min(0).max(10_000),
    /** The registry that this one succeeds. Version 1 knows no succession, so there is none. */
    predecessor: z.null(),
  })
  .refine(({ origin, logKey }) => {
    try {
      return parseVerifierKey(logKey).name === origin;
    } catch {
      return false;
    }
  }, 'logKey must be the verifier key of the log, under the name of the origin');

export type RegistryDescriptor = z.infer<typeof registryDescriptorSchema>;

export function sameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/**
 * One value that stands for a whole descriptor, short enough to be printed and read out: SHA-256 of its JCS form, the
 * contract in lower case. 64 hexadecimal digits.
 */
export function descriptorFingerprint(registry: RegistryDescriptor): string {
  return toHex(sha256(canonicalBytes({ ...registry, contract: registry.contract.toLowerCase() })));
}
