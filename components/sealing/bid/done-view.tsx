'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { downloadText } from '@/lib/browser/keys/download';
import { useLeaveGuard } from '../use-leave-guard';
import type { BidReceipt } from './place';
import { recoveryName, useSaveRecovery } from './recoveries';
import { StepHeading } from './step-frame';
import { useUnitLabel } from './unit-label';
import type { FiledBid } from './use-submission';

/** The bid is on record: the files to keep, and what they are for. */
export function DoneView({ filed, onClose }: { filed: FiledBid; onClose: () => void }) {
  const t = useTranslations('bid.done');
  const saveRecovery = useSaveRecovery();
  const { receipts, bidKey, recovery } = filed;
  const [saved, setSaved] = useState<ReadonlySet<string>>(new Set());
  const note = (what: string) => setSaved((before) => new Set([...before, what]));
  const everything = [...receipts.map(({ id }) => id), ...(recovery === null ? [] : [bidKey])];
  // This browser keeps the recovery file too, but a browser's data can be cleared.
  useLeaveGuard(recovery !== null && !saved.has(bidKey));
  return (
    <section className="flex max-w-measure flex-col gap-6" data-testid="bid-done">
      <StepHeading title={t('title')} />
      <p>{t('body')}</p>
      <Notice tone={everything.every((one) => saved.has(one)) ? 'ok' : 'warn'} live>
        {t(recovery === null ? 'saveReceipts' : 'saveBoth')}
      </Notice>
      {recovery === null ? null : (
        <div className="flex flex-col items-start gap-2">
          <Button
            onClick={() => {
              saveRecovery({ bidKey, text: recovery });
              note(bidKey);
            }}
          >
            {t('recovery')}
          </Button>
          <p className="text-sm text-ink-soft">
            {t('recoveryHint', { name: recoveryName(bidKey) })} {saved.has(bidKey) ? <Saved /> : null}
          </p>
        </div>
      )}
      <div className="flex flex-col gap-3">
        <h3 className="text-lg">{t('receipts', { count: receipts.length })}</h3>
        <p className="text-sm text-ink-soft">{t('receiptHint')}</p>
        <ul className="divide-y divide-line border-y border-line">
          {receipts.map((receipt) => (
            <ReceiptRow
              key={receipt.id}
              receipt={receipt}
              saved={saved.has(receipt.id)}
              onSaved={() => note(receipt.id)}
            />
          ))}
        </ul>
      </div>
      <div>
        <Button variant="secondary" onClick={onClose}>
          {t('close')}
        </Button>
      </div>
    </section>
  );
}

interface ReceiptRowProps {
  receipt: BidReceipt;
  saved: boolean;
  onSaved: () => void;
}

function ReceiptRow({ receipt, saved, onSaved }: ReceiptRowProps) {
  const t = useTranslations('bid.done');
  const label = useUnitLabel()(receipt);
  const save = () => {
    downloadText(receipt.name, receipt.text);
    onSaved();
  };
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
      <span className="min-w-0">
        {label || t('receipt')} {saved ? <Saved /> : null}
      </span>
      <span className="flex flex-wrap gap-3">
        <Button variant="secondary" aria-label={[t('save'), label].join(' ').trim()} onClick={save}>
          {t('save')}
        </Button>
        <a
          href={`/api/v1/receipts/${receipt.id}/pdf`}
          download={`receipt-${receipt.id}.pdf`}
          className={buttonClass('quiet')}
          aria-label={[t('pdf'), label].join(' ').trim()}
        >
          {t('pdf')}
        </a>
      </span>
    </li>
  );
}

function Saved() {
  const t = useTranslations('bid.done');
  return <strong className="text-sm text-ok">({t('saved')})</strong>;
}
