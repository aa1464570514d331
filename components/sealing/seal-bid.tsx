'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Notice } from '@/components/ui/notice';
import { toHex } from '@/lib/record/hex';
import { keySetDigest } from '@/lib/sealing/keyset';
import { BidDone } from './bid-done';
import type { SealBidProps } from './bid-types';
import { BidWork } from './bid-work';
import { FilesStep } from './files-step';
import { KeySetFingerprint } from './key-set-fingerprint';
import { emptyPassphrase, NewPassphrase, usePassphraseErrors } from './new-passphrase';
import { PriceStep, readPriceForm, usePriceErrors, type PriceDraft } from './price-step';
import { ReviewStep, type BidStep } from './review-step';
import { ServerClock } from './server-clock';
import { ServerClockProvider } from './server-clock-provider';
import { SignedOut } from './signed-out';
import { useAttempt } from './use-attempt';
import { useKeySetCheck, type KeySetCheck } from './use-key-set';
import { useLeaveGuard } from './use-leave-guard';
import { useSubmitBid } from './use-submit-bid';

const STEPS: readonly BidStep[] = ['prices', 'files', 'protect', 'review'];

/** A bidder gives prices and documents, seals them in this browser, and sends only what is sealed. */
export function SealBid(props: SealBidProps) {
  const check = useKeySetCheck(props);
  const bid = useSubmitBid(props);
  useLeaveGuard(bid.filed === null);
  if (bid.filed !== null) return <BidDone filed={bid.filed} />;
  const { tender, identity, serverNow } = props;
  const fallback = bid.sealed && props.fallback(bid.sealed);
  return (
    <ServerClockProvider ocid={identity.ocid} serverNow={serverNow}>
      <div className="flex flex-col gap-6">
        <ServerClock due={tender.bidsDue} />
        <KeySetNotice check={check} {...props} />
        {/* The answers stay mounted, hidden, while work is under way: a failure loses nothing. */}
        <div hidden={bid.work !== null}>
          <Steps {...props} ready={check === 'ok'} bid={bid} />
          {bid.state.code === 'unreachable' ? fallback : null}
        </div>
        {bid.work === null ? null : (
          <BidWork work={bid.work} due={tender.bidsDue} fallback={fallback} onStop={bid.stop} />
        )}
      </div>
    </ServerClockProvider>
  );
}

function KeySetNotice({ check, keySet }: SealBidProps & { check: KeySetCheck }) {
  const t = useTranslations('sealing.bid');
  const errors = useTranslations('sealing.errors');
  const className = 'max-w-measure';
  if (check === 'checking') return <Notice className={className}>{t('keysetChecking')}</Notice>;
  if (check === 'ok') {
    return (
      <>
        <Notice tone="ok" live className={className}>
          {t('keysetOk', { k: keySet.k, n: keySet.n })}
        </Notice>
        <details className="max-w-3xl">
          <summary className="link min-h-11 w-fit cursor-pointer py-2">{t('keysetCompare')}</summary>
          <div className="pt-3">
            <KeySetFingerprint digest={toHex(keySetDigest(keySet))} />
          </div>
        </details>
      </>
    );
  }
  return (
    <Notice tone="bad" live title={t('keysetBad')} className={className}>
      {errors(check)}
    </Notice>
  );
}

type StepsProps = SealBidProps & { ready: boolean; bid: ReturnType<typeof useSubmitBid> };

function Steps(props: StepsProps) {
  const { tender, tendererName, limits, ready, bid } = props;
  const t = useTranslations('sealing.bid');
  const [step, setStep] = useState<BidStep>('prices');
  const [prices, setPrices] = useState<PriceDraft>({});
  const [files, setFiles] = useState<readonly File[]>([]);
  const [passphrase, setPassphrase] = useState(emptyPassphrase);
  const { state, refuse, clear } = useAttempt();
  const priceErrors = usePriceErrors(tender.currency, tender.items);
  const passphraseErrors = usePassphraseErrors();
  // One object for one set of prices: a retry recognises by it that nothing was changed.
  const priceForm = useMemo(() => readPriceForm(tender.currency, tender.items, prices), [tender, prices]);

  const go = (to: BidStep) => {
    clear();
    bid.clear();
    setStep(to);
  };
  const forward = (event: FormEvent) => {
    event.preventDefault();
    const fieldErrors =
      step === 'prices' ? priceErrors(prices) : step === 'protect' ? passphraseErrors(passphrase) : {};
    if (Object.keys(fieldErrors).length > 0) return refuse({ fieldErrors });
    const next = STEPS[STEPS.indexOf(step) + 1];
    if (next !== undefined) return go(next);
    if (typeof priceForm === 'object' && ready) {
      void bid.submit({ priceForm, files, passphrase: passphrase.passphrase });
    }
  };
  const shown = step === 'review' ? bid.state : state;
  return (
    <form noValidate onSubmit={forward} className="flex flex-col gap-6">
      <ErrorSummary {...shown} />
      {shown.code === 'not-signed-in' ? <SignedOut /> : null}
      {bid.stopped && step === 'review' ? (
        <Notice tone="info" live className="max-w-measure">
          {t('stopped')}
        </Notice>
      ) : null}
      <StepHeading step={step} />
      {step === 'prices' ? (
        <PriceStep
          currency={tender.currency}
          items={tender.items}
          draft={prices}
          onChange={setPrices}
          fieldErrors={state.fieldErrors}
        />
      ) : null}
      {step === 'files' ? <FilesStep files={files} limits={limits} onChange={setFiles} /> : null}
      {step === 'protect' ? (
        <div className="flex max-w-measure flex-col gap-6">
          <p className="text-ink-soft">{t('protectIntro')}</p>
          <NewPassphrase value={passphrase} onChange={setPassphrase} fieldErrors={state.fieldErrors} />
        </div>
      ) : null}
      {step === 'review' && typeof priceForm === 'object' ? (
        <ReviewStep
          tender={tender}
          tendererName={tendererName}
          priceForm={priceForm}
          files={files}
          onChange={go}
        />
      ) : null}
      <StepButtons step={step} onBack={go}>
        <Button type="submit" disabled={step === 'review' && !ready}>
          {step !== 'review' ? t('goOn') : bid.state.message === null ? t('submit') : t('retry')}
        </Button>
      </StepButtons>
    </form>
  );
}

function StepHeading({ step }: { step: BidStep }) {
  const t = useTranslations('sealing.bid');
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  // A new step is a new page to who listens to it: the focus goes to its heading, but not on arrival.
  useEffect(() => {
    if (!first.current) heading.current?.focus();
    first.current = false;
  }, [step]);
  const headings = {
    prices: t('pricesHeading'),
    files: t('filesHeading'),
    protect: t('protectHeading'),
    review: t('reviewHeading'),
  };
  return (
    <div>
      <p className="text-sm text-ink-soft">
        {t('step', { step: STEPS.indexOf(step) + 1, steps: STEPS.length })}
      </p>
      <h2 ref={heading} tabIndex={-1} className="text-xl">
        {headings[step]}
      </h2>
    </div>
  );
}

function StepButtons({
  step,
  onBack,
  children,
}: {
  step: BidStep;
  onBack: (to: BidStep) => void;
  children: ReactNode;
}) {
  const t = useTranslations('sealing.bid');
  const previous = STEPS[STEPS.indexOf(step) - 1];
  return (
    <div className="flex flex-wrap gap-3">
      {children}
      {previous === undefined ? null : (
        <Button variant="secondary" onClick={() => onBack(previous)}>
          {t('back')}
        </Button>
      )}
    </div>
  );
}
