'use client';

import { BidPlace } from '@/components/sealing/bid/bid-place';
import type { BidPlaceProps } from '@/components/sealing/bid/place';
import { useRouter } from '@/lib/i18n/navigation';
import { actOn } from '../../../actions';
import { fileBid, giveSeed } from './actions';
import { keySetHashOnChain } from './keyset-on-chain';

type Acts = 'readKeySetHash' | 'onFile' | 'onWithdraw' | 'onSeed' | 'refresh';

/** Ties the bidder's place to the registry: the chain for the keys, the acts for the records. */
export function BidRoom(props: Omit<BidPlaceProps, Acts>) {
  const router = useRouter();
  const { ocid, registry } = props;
  return (
    <BidPlace
      {...props}
      readKeySetHash={() => keySetHashOnChain(registry, ocid)}
      onFile={(submission) => fileBid(ocid, submission)}
      onWithdraw={(bids) => actOn({ ocid, act: 'withdraw-bid', input: { bids } })}
      onSeed={(seed) => giveSeed({ ocid, ...seed })}
      refresh={() => router.refresh()}
    />
  );
}
