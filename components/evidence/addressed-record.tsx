'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { fetchText, LookupError, type LookupFault } from '@/lib/browser/verify/lookup';
import { FileDrop } from '../ui/file-drop';
import { Notice } from '../ui/notice';

interface AddressedRecordProps {
  /** Whether it is known what this browser trusts: nothing is checked before. */
  ready: boolean;
  /** Evidence that was fetched, or a receipt that was dropped. */
  onEvidence: (file: File) => void;
  /** There is something to see, which may lie far below what the reader has before him. */
  onAnswer: () => void;
}

const recordIn = (hash: string): string | undefined => /^#record=([0-9a-f-]{36})$/.exec(hash)?.[1];

/**
 * `/verify#record=<id>`, as printed certificates and receipts and links on this very page lead here: fetches that
 * record's evidence, as if it had been dropped.
 */
export function AddressedRecord({ ready, onEvidence, onAnswer }: AddressedRecordProps) {
  const t = useTranslations('verify.failed');
  const [fault, setFault] = useState<LookupFault | null>(null);
  const begun = useRef(false);
  useEffect(() => {
    if (!ready) return undefined;
    const open = (id: string | undefined): void => {
      if (id === undefined) return;
      setFault(null);
      fetchText(`/api/v1/evidence/${id}`).then(
        (text) => {
          onEvidence(new File([text], `${id}.evidence.json`, { type: 'application/json' }));
          onAnswer();
        },
        (error: unknown) => setFault(error instanceof LookupError ? error.code : 'registry-answer'),
      );
    };
    const follow = (): void => {
      const id = recordIn(window.location.hash);
      if (id === undefined) return;
      open(id);
      // So that the same link leads here again, when the list was cleared.
      window.history.replaceState(null, '', window.location.pathname);
    };
    if (!begun.current) open(recordIn(window.location.hash));
    begun.current = true;
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, [ready, onEvidence, onAnswer]);
  useEffect(() => {
    if (fault !== null) onAnswer();
  }, [fault, onAnswer]);
  if (fault === null) return null;
  if (fault === 'evidence-missing') return <NotShown onReceipt={onEvidence} />;
  return (
    <Notice tone="warn" live title={t('title')}>
      <p>{t(fault)}</p>
    </Notice>
  );
}

/** One answer for a record that is not public yet and for one that was never filed: the page knows no more than that. */
function NotShown({ onReceipt }: { onReceipt: (file: File) => void }) {
  const t = useTranslations('verify.notShown');
  return (
    <div data-not-shown className="flex max-w-measure flex-col gap-5">
      <Notice tone="info" live title={t('title')}>
        <p>{t('body')}</p>
        <p className="mt-2">{t('receipt')}</p>
      </Notice>
      <div data-print="hide">
        <FileDrop
          name="receipt"
          label={t('label')}
          hint={t('hint')}
          accept=".json,application/json"
          onFiles={([file]) => file && onReceipt(file)}
        />
      </div>
    </div>
  );
}
