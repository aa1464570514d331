'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Notice } from '@/components/ui/notice';
import { lotsOnRecord, type OwnBid } from '@/lib/browser/bid/own-bids';
import { lotIds } from '@/lib/browser/bid/tender';
import { withLot } from '@/lib/browser/drafts/draft';
import { MemoryDraft } from '@/lib/browser/offline/memory-draft';
import type { SealingKit } from '@/lib/sealing/sealing-kit';
import { KitStage } from './kit-stage';
import { OfflinePlace } from './offline-place';
import { WhoStage } from './who-stage';

/** Who bids, and what of theirs is on record. */
export interface Bidder {
  /** The organization's identifier. */
  readonly id: string;
  readonly own: readonly OwnBid[];
}

/** The kit first, then who bids, then the bid. What is typed lives here: stages come and go. */
export function SealerStages() {
  const [kit, setKit] = useState<SealingKit | null>(null);
  const [bidder, setBidder] = useState<Bidder | null>(null);
  const [asking, setAsking] = useState(false);
  const [draft] = useState(() => new MemoryDraft(new Date().toISOString()));
  if (!canSeal()) return <NoCryptography />;
  if (kit === null) return <KitStage onKit={setKit} />;
  if (bidder === null || asking) {
    const know = (known: Bidder) => {
      // Who names a bid that is on record means to replace it; a tender without lots is bid for by whoever is here.
      const meant = kit.lots.length === 0 ? [''] : lotsOnRecord(known.own, lotIds(kit));
      for (const lot of meant) draft.update((now) => withLot(now, lot, (one) => ({ ...one, bidding: true })));
      // The address may still name a step of what was lost when the page was read anew.
      if (bidder === null) window.location.hash = '';
      setBidder(known);
      setAsking(false);
    };
    return <WhoStage kit={kit} before={bidder} onBidder={know} />;
  }
  return <OfflinePlace {...{ kit, bidder, draft }} onChangeBidder={() => setAsking(true)} />;
}

/** Browsers without it, or that deny it to files from the disk, cannot seal: to be said before anything is typed. */
const canSeal = (): boolean => (globalThis.crypto as Partial<Crypto> | undefined)?.subtle !== undefined;

function NoCryptography() {
  const t = useTranslations('sealer');
  return (
    <Notice tone="bad" title={t('cannotTitle')} className="max-w-measure">
      {t('cannot')}
    </Notice>
  );
}
