'use client';

import { useTranslations } from 'next-intl';
import { Button, buttonClass } from '@/components/ui/button';
import { withLot } from '@/lib/browser/drafts/draft';
import { lotsOnRecord } from '@/lib/browser/bid/own-bids';
import { lotIds } from '@/lib/browser/bid/tender';
import { BidDraftNotice } from '../bid-draft-notice';
import { usePlace } from './place';
import { StepLink } from './step-link';

/** What can still be done with a bid on record: replace it, bid for further lots, take it back. */
export function ChangeBid() {
  const t = useTranslations('bid.change');
  const { tender, own, bid, go } = usePlace();
  const recorded = lotsOnRecord(own, lotIds(tender)).length > 0;
  const divided = tender.lots.length > 0;
  const typed = bid.draft.lots.some(({ prices }) => prices.length > 0);
  const change = () => {
    if (!divided) bid.session.update((draft) => withLot(draft, '', (one) => ({ ...one, bidding: true })));
    go({ name: divided ? 'lots' : 'tasks' });
  };
  return (
    <section aria-labelledby="change-bid" className="flex max-w-measure flex-col gap-4" data-print="hide">
      <h2 id="change-bid" className="text-xl">
        {t(recorded ? 'title' : 'againTitle')}
      </h2>
      <p>{t(recorded ? (divided ? 'bodyLots' : 'body') : 'againBody')}</p>
      {bid.phase === 'ready' && recorded && !typed ? (
        <p className="text-ink-soft">{t('otherBrowser')}</p>
      ) : null}
      <BidDraftNotice bid={bid} />
      <div className="flex flex-wrap gap-3">
        {bid.phase === 'ready' ? <Button onClick={change}>{t(recorded ? 'change' : 'again')}</Button> : null}
        {recorded ? (
          <StepLink to={{ name: 'withdraw' }} className={buttonClass('danger')}>
            {t('withdraw')}
          </StepLink>
        ) : null}
      </div>
    </section>
  );
}
