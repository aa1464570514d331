'use client';

import { useLocale } from 'next-intl';
import { useEffect, useState, type ReactNode } from 'react';
import type { SealBidProps } from '@/components/sealing/bid-types';
import { CommitOnChain } from '@/components/sealing/commit-on-chain';
import { SealBid } from '@/components/sealing/seal-bid';
import { languageTags } from '@/lib/i18n/routing';
import { fileBid } from './actions';
import { keySetHashOnChain } from './keyset-on-chain';
import { prepareToSend, sendEnvelope } from './send-envelope';

interface BidRoomProps {
  ocid: string;
  /** Row id of the tender, for the upload. */
  tenderId: string;
  chain: { rpcUrl: string | null; chainId: number; contract: string };
  /** What stands here once a bid of this organization is in; null before. */
  own: ReactNode;
  before: ReactNode;
  seal: Omit<SealBidProps, 'onUpload' | 'onFile' | 'readKeySetHash' | 'fallback'>;
}

/** Ties the sealing form to the registry: the chain for the keys, the API for the ciphertext, the act for the record. */
export function BidRoom({ ocid, tenderId, chain, own, before, seal }: BidRoomProps) {
  const locale = useLocale();
  // Once a bid has begun here the form stays: its last page holds the only copy of the recovery file.
  const [begun, setBegun] = useState(false);
  useEffect(prepareToSend, []);
  if (own && !begun) return own;
  return (
    <>
      {begun ? null : before}
      <SealBid
        {...seal}
        readKeySetHash={() => keySetHashOnChain(chain, ocid)}
        onUpload={(sealed, onSending, signal) => {
          setBegun(true);
          return sendEnvelope(sealed, { tenderId, language: languageTags[locale], onSending, signal });
        }}
        fallback={({ envelope, sha256 }) => (
          <CommitOnChain {...chain} ocid={ocid} envelope={sha256} sealed={envelope} />
        )}
        onFile={({ envelope, bidKey }) => fileBid({ ocid, envelope, bidKey, keyset: seal.identity.keyset })}
      />
    </>
  );
}
