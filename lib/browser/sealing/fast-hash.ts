import { createSHA256 } from 'hash-wasm';
import type { NewHash } from '@/lib/sealing/bytes';
import { portableHash } from '@/lib/sealing/bytes';

/** Hashes under way at the same time: one of a file, one of the payload, and one to spare. */
const POOL = 3;

/**
 * SHA-256 in WebAssembly, three times as fast as in JavaScript. Modules are loaded beforehand, because hashing must not
 * wait; beyond the pool, or where WebAssembly is forbidden, the portable one serves.
 */
export async function loadFastHash(): Promise<NewHash> {
  try {
    const free = await Promise.all(Array.from({ length: POOL }, () => createSHA256()));
    return () => {
      const hasher = free.pop();
      if (hasher === undefined) return portableHash();
      hasher.init();
      return {
        update: (bytes) => void hasher.update(bytes),
        digest: () => {
          const digest = hasher.digest('binary');
          free.push(hasher);
          return digest;
        },
      };
    };
  } catch {
    return portableHash;
  }
}
