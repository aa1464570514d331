'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { FieldSet } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { lotsOnRecord, replacedBy } from '@/lib/browser/bid/own-bids';
import { signWithdrawals } from '@/lib/browser/bid/seal-request';
import { lotIds } from '@/lib/browser/bid/tender';
import { useAttempt } from '../use-attempt';
import { OpenRecovery } from './open-recovery';
import { usePlace } from './place';
import { StepFrame } from './step-frame';
import { UnitLabel } from './unit-label';
import { useRecoveries } from './use-recoveries';

/** Takes bids back: of a lot all parts, signed with the key in the recovery file, and on record for good. */
export function WithdrawStep() {
  const t = useTranslations('bid.withdraw');
  const { ocid, registry, tender, tenderer, own, onWithdraw, refresh, go } = usePlace();
  const { state, run, refuse, clear } = useAttempt();
  const lots = lotsOnRecord(own, lotIds(tender));
  // A tender that is not divided has one bid: whoever comes here means it.
  const [ticked, setTicked] = useState<readonly string[]>(tender.lots.length === 0 ? lots : []);
  const [agreed, setAgreed] = useState(false);
  const bids = replacedBy(own, ticked);
  const { wanted, secrets, onOpen } = useRecoveries(bids);

  const tick = (lot: string, on: boolean) => {
    clear();
    setTicked(on ? [...ticked, lot] : ticked.filter((one) => one !== lot));
  };
  const forward = () => {
    const fieldErrors = {
      ...(bids.length === 0 ? { withdrawLots: t('required') } : {}),
      ...(wanted.length > 0 ? { recoveryFile: t('recoveryRequired') } : {}),
      ...(agreed ? {} : { withdrawAgreed: t('agreeRequired') }),
    };
    if (Object.keys(fieldErrors).length > 0) return refuse({ fieldErrors });
    void run(async () => {
      const target = { registry, ocid, tenderer: tenderer.id };
      const answer = await onWithdraw(signWithdrawals(target, bids, secrets));
      refresh();
      if (!answer.ok) return answer;
      go({ name: 'overview' });
      return undefined;
    });
  };
  if (lots.length === 0) return <Notice className="max-w-measure">{t('nothing')}</Notice>;
  return (
    <StepFrame
      title={t('title')}
      lead={<p>{t('lead')}</p>}
      state={state}
      submit={t('submit')}
      back="overview"
      danger
      busy={state.pending}
      onSubmit={forward}
    >
      {tender.lots.length === 0 ? null : (
        <div className="max-w-measure">
          <FieldSet name="withdrawLots" label={t('question')} error={state.fieldErrors.withdrawLots}>
            {lots.map((lot, at) => (
              <Checkbox
                key={lot}
                name={`withdraw-${at + 1}`}
                label={<UnitLabel lot={lot} part="" />}
                checked={ticked.includes(lot)}
                onChange={(event) => tick(lot, event.target.checked)}
              />
            ))}
          </FieldSet>
        </div>
      )}
      {wanted.length > 0 ? <OpenRecovery wanted={wanted} onOpen={onOpen} /> : null}
      {bids.length > 0 && wanted.length === 0 ? (
        <Notice tone="ok" live className="max-w-measure">
          {t('opened')}
        </Notice>
      ) : null}
      <div className="max-w-measure">
        <Checkbox
          name="withdrawAgreed"
          label={t('agree')}
          error={state.fieldErrors.withdrawAgreed}
          checked={agreed}
          onChange={(event) => setAgreed(event.target.checked)}
        />
      </div>
    </StepFrame>
  );
}
