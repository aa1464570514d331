'use client';

import { useEffect, useState } from 'react';
import type { SealingErrorCode } from '@/lib/sealing/error';
import { verifyKeySet } from '@/lib/sealing/keyset';
import type { SealBidProps } from './bid-types';

export type KeySetCheck = 'checking' | 'ok' | SealingErrorCode | 'unreachable';

type Input = Pick<SealBidProps, 'identity' | 'keySet' | 'signingKeys' | 'readKeySetHash'>;

/** Checks the committee's keys in this browser against the chain, before anything can be sealed to them. */
export function useKeySetCheck(props: Input): KeySetCheck {
  const [check, setCheck] = useState<KeySetCheck>('checking');
  // What the page was first given: the callback is another function at every rendering, but asks the same.
  const [input] = useState(props);
  useEffect(() => {
    let current = true;
    const { identity, keySet, signingKeys, readKeySetHash } = input;
    const verify = async (): Promise<KeySetCheck> => {
      const onChain = await readKeySetHash();
      const { chainId, contract, ocid } = identity;
      const expected = {
        chainId,
        contract,
        ocid,
        onChain,
        signingKeys: new Map(Object.entries(signingKeys)),
      };
      const verdict = verifyKeySet(keySet, expected);
      if (!verdict.ok) return verdict.code;
      return verdict.hash === identity.keyset ? 'ok' : 'keyset-not-on-chain';
    };
    verify()
      .catch((): KeySetCheck => 'unreachable')
      .then((result) => current && setCheck(result))
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [input]);
  return check;
}
