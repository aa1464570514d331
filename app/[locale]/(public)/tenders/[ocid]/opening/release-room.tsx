'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import { NodeField } from '@/components/sealing/node-field';
import { ReleaseShares } from '@/components/sealing/release-shares';
import { bidsClosedOnChain, type ChainToAsk } from '@/lib/browser/sealing/bids-closed';
import { fetchHeader } from '@/lib/browser/sealing/fetch-header';
import type { ActResult } from '@/lib/forms/act-result';
import { useRouter } from '@/lib/i18n/navigation';
import type { Unit } from '@/lib/procedure/units';
import type { SealedBid } from '@/lib/server/queries/sealed-bids';
import { actOn } from '@/app/[locale]/(office)/actions';

interface ReleaseRoomProps {
  ocid: string;
  /** Of a divided tender, the unit that is opened. */
  unit: Unit | null;
  /** Ed25519 public key that the member accepted with, 64 hex digits. */
  registeredKey: string;
  demonstration: boolean;
  bidsDue: string;
  bids: readonly SealedBid[];
  chain: ChainToAsk & { rpcUrl: string | null };
}

/** A member's place in the opening: which node to ask, then the key file and the shares. */
export function ReleaseRoom({ ocid, unit, bids, chain, ...rest }: ReleaseRoomProps) {
  const t = useTranslations('office.opening.chain');
  const router = useRouter();
  const [node, setNode] = useState(chain.rpcUrl ?? '');
  const fetchOf = useCallback(
    async (bid: string) => {
      const envelope = bids.find((b) => b.bid === bid)?.envelope;
      if (!envelope) throw new Error('unknown bid');
      return fetchHeader(envelope);
    },
    [bids],
  );
  const confirmClosed = async (): Promise<ActResult> => {
    const outcome = await bidsClosedOnChain(node.trim(), chain, ocid, unit);
    return outcome === 'closed' ? { ok: true } : { ok: false, code: outcome, message: t(outcome) };
  };
  return (
    <div
      data-print="hide"
      className="flex flex-col gap-8 rounded-lg border-2 border-accent bg-surface p-5 sm:p-7"
    >
      <ReleaseShares
        {...rest}
        ocid={ocid}
        bids={bids}
        fetchHeader={fetchOf}
        confirmClosed={confirmClosed}
        onSubmit={async ({ shares, failures }) => {
          const input = {
            shares: shares.map(({ bid, share }) => ({ bid, share })),
            unopenable: failures.map((failure) => failure.bid),
          };
          const result = await actOn({ ocid, act: 'release-shares', input, unit });
          if (result.ok) router.refresh();
          return result;
        }}
      />
      <NodeField node={node} onChange={setNode} />
    </div>
  );
}
