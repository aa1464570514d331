import type { KeySet } from '@/lib/sealing/keyset';
import { deriveCommitteeKey } from '@/lib/sealing/member-key';
import { toHex } from '@/lib/record/hex';
import { makeIdentity, makeKeySet, memberSeed, SCOPE } from '../fixture';

export const COMMITTEES = {
  '1-of-1': makeKeySet(1, 1),
  '2-of-3': makeKeySet(2, 3),
  '3-of-5': makeKeySet(3, 5),
};
export type Committee = keyof typeof COMMITTEES;

/** A key set as the vectors publish it, with the members' X25519 secrets: these committees keep nothing. */
export function publishedCommittee(keySet: KeySet) {
  const { keyset } = makeIdentity(keySet);
  const secrets = keySet.members.map(({ index }) => ({
    index,
    x25519Secret: toHex(deriveCommitteeKey(memberSeed(index), SCOPE).secret),
  }));
  return { keySet, keySetHash: keyset, secrets };
}
