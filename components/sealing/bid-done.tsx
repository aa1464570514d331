'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Hash } from '@/components/ui/hash';
import { Notice } from '@/components/ui/notice';
import { SummaryList } from '@/components/ui/summary-list';
import { downloadText } from '@/lib/browser/keys/download';
import { formatBytes } from '@/lib/i18n/format';
import type { BidReceipt } from './bid-types';
import { useLeaveGuard } from './use-leave-guard';
import type { FiledBid } from './use-submit-bid';

/** The bid is in: the two files to keep, and what they are for. */
export function BidDone({ filed }: { filed: FiledBid }) {
  const t = useTranslations('sealing.bid');
  const locale = useLocale();
  const heading = useRef<HTMLHeadingElement>(null);
  const [saved, setSaved] = useState({ receipt: false, recovery: false });
  // The recovery file exists nowhere but on this page.
  useLeaveGuard(!saved.recovery);
  useEffect(() => heading.current?.focus(), []);
  const save = (which: 'receipt' | 'recovery', file: BidReceipt) => {
    downloadText(file.name, file.text);
    setSaved((before) => ({ ...before, [which]: true }));
  };
  return (
    <section aria-labelledby="bid-done" className="flex max-w-measure flex-col gap-6">
      <h2 id="bid-done" ref={heading} tabIndex={-1} className="text-xl">
        {t('doneHeading')}
      </h2>
      <p>{t('doneBody')}</p>
      <Notice tone={saved.recovery && saved.receipt ? 'ok' : 'warn'} live>
        {t('saveBoth')}
      </Notice>
      <div className="grid gap-6 sm:grid-cols-2">
        {(['receipt', 'recovery'] as const).map((which) => (
          <div key={which} className="flex flex-col gap-2">
            <Button
              variant={which === 'recovery' ? 'primary' : 'secondary'}
              onClick={() => save(which, filed[which])}
            >
              {t(which)}
            </Button>
            <p className="text-sm text-ink-soft">
              {t(which === 'receipt' ? 'receiptHint' : 'recoveryHint')}
              {saved[which] ? <strong className="text-ok"> ({t('savedTick')})</strong> : null}
            </p>
          </div>
        ))}
      </div>
      <SummaryList
        rows={[
          { key: 'envelope', label: t('envelope'), value: <Hash value={filed.envelopeHash} /> },
          { key: 'size', label: t('size'), value: formatBytes(filed.size, locale) },
        ]}
      />
    </section>
  );
}
