'use client';

import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { RadioGroup } from '@/components/ui/radio-group';
import { TextInput } from '@/components/ui/text-input';
import type { OwnBid } from '@/lib/browser/bid/own-bids';
import { missingReceipts } from '@/lib/browser/offline/recorded-bids';
import { isWellFormed } from '@/lib/record/unicode';
import type { SealingKit } from '@/lib/sealing/sealing-kit';
import { StepHeading } from '../bid/step-frame';
import { useAttempt } from '../use-attempt';
import { ReplacedBids } from './replaced-bids';
import type { Bidder } from './sealer-stages';

interface WhoStageProps {
  kit: SealingKit;
  before: Bidder | null;
  onBidder: (bidder: Bidder) => void;
}

/** Who bids, as the registry knows them, and whether a bid of theirs is on record already. */
export function WhoStage({ kit, before, onBidder }: WhoStageProps) {
  const t = useTranslations('sealer.who');
  const { state, refuse, clear } = useAttempt();
  const [id, setId] = useState(before?.id ?? '');
  const [recorded, setRecorded] = useState<'no' | 'yes' | null>(
    before === null ? null : before.own.length > 0 ? 'yes' : 'no',
  );
  const [own, setOwn] = useState<readonly OwnBid[]>(before?.own ?? []);
  const tenderer = id.trim();

  const forward = (event: FormEvent) => {
    event.preventDefault();
    const fieldErrors = {
      ...(tenderer === '' || !isWellFormed(tenderer) ? { organization: t('required') } : {}),
      ...(recorded === null ? { recorded: t('recordedRequired') } : {}),
      ...(recorded === 'yes' ? receiptError() : {}),
    };
    if (Object.keys(fieldErrors).length > 0) return refuse({ fieldErrors });
    onBidder({ id: tenderer, own: recorded === 'yes' ? own : [] });
  };
  const receiptError = (): Record<string, string> => {
    if (own.length === 0) return { receipts: t('receiptsRequired') };
    const missing = missingReceipts(own, kit).length;
    return missing > 0 ? { receipts: t('receiptsMissing', { count: missing }) } : {};
  };
  return (
    <form noValidate onSubmit={forward} className="flex max-w-measure flex-col gap-6">
      <ErrorSummary {...state} />
      <StepHeading title={t('title')} about={t('step')} />
      <TextInput
        name="organization"
        label={t('organization')}
        hint={t('hint')}
        error={state.fieldErrors.organization}
        maxLength={200}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={id}
        onChange={(event) => {
          clear();
          setId(event.target.value);
          // Receipts were held against the identifier as it was.
          setOwn([]);
        }}
      />
      <RadioGroup
        name="recorded"
        label={t('recorded')}
        error={state.fieldErrors.recorded}
        value={recorded ?? ''}
        onChange={(event) => {
          clear();
          setRecorded(event.target.value === 'yes' ? 'yes' : 'no');
        }}
        options={[
          { value: 'no', label: t('no') },
          { value: 'yes', label: t('yes'), hint: t('yesHint') },
        ]}
      />
      {recorded === 'yes' ? (
        <ReplacedBids
          {...{ kit, tenderer, own }}
          error={state.fieldErrors.receipts}
          onOwn={(bids) => {
            clear();
            setOwn(bids);
          }}
        />
      ) : null}
      <div>
        <Button type="submit">{t('continue')}</Button>
      </div>
    </form>
  );
}
