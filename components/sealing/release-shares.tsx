'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Hash } from '@/components/ui/hash';
import { LocalTime } from '@/components/ui/local-time';
import { Notice } from '@/components/ui/notice';
import { ProgressBar } from '@/components/ui/progress-bar';
import { Button } from '@/components/ui/button';
import type { OpenedKey, RecordSigner } from '@/lib/browser/keys/opened-key';
import { releasePermit } from '@/lib/browser/sealing/release-permit';
import { openShares, type OpenedShares, type SealedBidToOpen } from '@/lib/browser/sealing/open-shares';
import type { ActResult } from '@/lib/forms/act-result';
import { formatExactTime } from '@/lib/i18n/format';
import { KeyStep } from './key-step';
import { useAttempt } from './use-attempt';

export interface ReleasedShares {
  /** In the order of the bids; `share` is 64 hex digits, `index` the member's place in the bid's key set. */
  shares: { bid: string; index: number; share: string }[];
  /** Bids whose share this key does not open. */
  failures: { bid: string; code: string }[];
  /** Signs the `share-released` record with exactly these shares; refuses any other. */
  signer: RecordSigner;
}

interface ReleaseSharesProps {
  ocid: string;
  registeredKey: string;
  demonstration: boolean;
  /** RFC 3339. */
  bidsDue: string;
  bids: readonly SealedBidToOpen[];
  /** The beginning of the envelope: 1372 bytes (MAX_HEADER_LENGTH) or all of it. */
  fetchHeader: (bid: string) => Promise<Uint8Array>;
  /** Reads from the chain, in this browser, that the bids stage is closed and the close final. */
  confirmClosed: () => Promise<ActResult>;
  onSubmit: (released: ReleasedShares) => Promise<ActResult>;
}

/** A member opens its own share of every live bid and releases them all at once. */
export function ReleaseShares(props: ReleaseSharesProps) {
  const t = useTranslations('sealing.release');
  const [key, setKey] = useState<OpenedKey | null>(null);
  return (
    <div className="flex flex-col gap-8">
      <div className="max-w-measure">
        <h2 className="text-xl">{t('heading')}</h2>
        <p className="mt-2">{t.rich('body', { time: () => <LocalTime instant={props.bidsDue} /> })}</p>
        <p className="mt-2 text-ink-soft">{t('counting')}</p>
      </div>
      {key === null ? (
        <KeyStep demonstration={props.demonstration} registeredKey={props.registeredKey} onKey={setKey} />
      ) : (
        <Release {...props} openedKey={key} />
      )}
    </div>
  );
}

function Release(props: ReleaseSharesProps & { openedKey: OpenedKey }) {
  const { bids, bidsDue, confirmClosed, fetchHeader, ocid, onSubmit, openedKey } = props;
  const t = useTranslations('sealing.release');
  const locale = useLocale();
  const { state, run } = useAttempt();
  const [progress, setProgress] = useState<number | null>(null);
  const [opened, setOpened] = useState<OpenedShares | null>(null);
  const [done, setDone] = useState(false);

  const prepare = () =>
    run(async () => {
      // The member's own clock is one of the witnesses that bids were due: the server could lie about the time.
      if (Date.now() < Date.parse(bidsDue)) {
        return {
          ok: false,
          code: 'too-early',
          message: t('tooEarly', { time: formatExactTime(bidsDue, locale) }),
        };
      }
      const closed = await confirmClosed();
      if (!closed.ok) return closed;
      setProgress(0);
      try {
        setOpened(await openShares(openedKey, bids, fetchHeader, setProgress));
      } finally {
        setProgress(null);
      }
      return undefined;
    });
  const submit = async (released: OpenedShares): Promise<void> => {
    await run(async () => {
      const signer = openedKey.signer(releasePermit(ocid, released.shares));
      const result = await onSubmit({ ...released, signer });
      if (!result.ok) return result;
      openedKey.close();
      setDone(true);
      return undefined;
    });
  };
  if (done) return <Notice tone="ok" live title={t('done')} />;
  return (
    <div className="flex max-w-measure flex-col gap-6">
      <ErrorSummary {...state} />
      {progress === null ? null : (
        <ProgressBar label={t('reading')} value={bids.length === 0 ? 1 : progress / bids.length} />
      )}
      {opened === null ? (
        <div>
          <Button onClick={() => void prepare()} aria-disabled={state.pending}>
            {t('prepare')}
          </Button>
        </div>
      ) : (
        <>
          <Summary opened={opened} />
          <div>
            <ConfirmDialog
              trigger={t('submit')}
              title={t('confirmTitle')}
              confirmLabel={t('submit')}
              onConfirm={() => submit(opened)}
            >
              {t('confirmBody')}
            </ConfirmDialog>
          </div>
        </>
      )}
    </div>
  );
}

function Summary({ opened }: { opened: OpenedShares }) {
  const t = useTranslations('sealing.release');
  const errors = useTranslations('sealing.errors');
  return (
    <>
      {opened.shares.length > 0 ? (
        <Notice tone="ok" live>
          {t('ready')}
        </Notice>
      ) : null}
      {opened.failures.length > 0 ? (
        <Notice tone="warn" live title={t('failed', { count: opened.failures.length })}>
          <ul>
            {opened.failures.map(({ bid, code }) => (
              <li key={bid}>
                {t.rich('failedItem', { hash: () => <Hash value={bid} />, reason: errors(code) })}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
    </>
  );
}
