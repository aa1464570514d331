'use client';

import { useTranslations } from 'next-intl';
import { Checkbox } from '@/components/ui/checkbox';
import { FieldSet } from '@/components/ui/field';
import { withLot } from '@/lib/browser/drafts/draft';
import { lotsOnRecord } from '@/lib/browser/bid/own-bids';
import { chosenLots, MAX_LOTS, stepAfter } from '@/lib/browser/bid/plan';
import { itemsOfLot, lotIds } from '@/lib/browser/bid/tender';
import { useAttempt } from '../use-attempt';
import { useStepPlace } from './step-place';
import { StepFrame } from './step-frame';
import { UnitLabel } from './unit-label';

/** The lots that are bid for. One that is not ticked keeps what was typed for it, in the draft and on record. */
export function LotsStep() {
  const t = useTranslations('bid.lots');
  const { tender, bid, own, groups, go } = useStepPlace();
  const { state, refuse, clear } = useAttempt();
  const chosen = chosenLots(tender, bid.draft, own);
  const recorded = lotsOnRecord(own, lotIds(tender));

  const tick = (lot: string, on: boolean) => {
    clear();
    bid.session.update((draft) => withLot(draft, lot, (one) => ({ ...one, bidding: on })));
  };
  const forward = () => {
    if (chosen.length === 0) return refuse({ fieldErrors: { lots: t('required') } });
    if (chosen.length > MAX_LOTS) return refuse({ fieldErrors: { lots: t('tooMany', { count: MAX_LOTS }) } });
    go(stepAfter(groups, { name: 'lots' }));
  };
  return (
    <StepFrame title={t('title')} lead={<p>{t('lead')}</p>} state={state} onSubmit={forward}>
      <div className="max-w-measure">
        <FieldSet name="lots" label={t('question')} hint={t('hint')} error={state.fieldErrors.lots}>
          {lotIds(tender).map((lot, at) => (
            <Checkbox
              key={lot}
              name={`lot-${at + 1}`}
              label={<UnitLabel lot={lot} part="" />}
              hint={
                <>
                  {t('items', { count: itemsOfLot(tender, lot).length })}
                  {recorded.includes(lot) ? <strong className="block">{t('recorded')}</strong> : null}
                </>
              }
              checked={chosen.includes(lot)}
              onChange={(event) => tick(lot, event.target.checked)}
            />
          ))}
        </FieldSet>
      </div>
    </StepFrame>
  );
}
