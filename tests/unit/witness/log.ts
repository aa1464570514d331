import { ed25519 } from '@noble/curves/ed25519.js';
import { formatAddCheckpoint } from '@/lib/merkle/add-checkpoint';
import { signCheckpoint } from '@/lib/merkle/checkpoint';
import { leafHash } from '@/lib/merkle/hash';
import { buildLevels, consistencyProof, rootOf } from '@/lib/merkle/tree';
import { verifierKey } from '@/lib/merkle/verifier-key';
import { commitments } from '../merkle/naive';

/** A log of test leaves: its checkpoints at any size, and requests to a witness. `kind` names another history. */
export function testLog(origin: string, fill: number, kind = 'leaf', size = 300) {
  const secret = new Uint8Array(32).fill(fill);
  const levels = buildLevels(commitments(size, kind).map(leafHash));
  const note = (at: number) => signCheckpoint({ origin, size: at, rootHash: rootOf(levels, at) }, secret);
  return {
    key: verifierKey(origin, ed25519.getPublicKey(secret)),
    note,
    proof: (oldSize: number, at: number) => consistencyProof(levels, oldSize, at),
    request: (oldSize: number, at: number) =>
      formatAddCheckpoint({ oldSize, proof: consistencyProof(levels, oldSize, at), note: note(at) }),
  };
}
