'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { fetchText, LookupError, type LookupFault } from '@/lib/browser/verify/lookup';
import { Notice } from '../ui/notice';

interface AddressedRecordProps {
  /** Whether it is known what this browser trusts: nothing is checked before. */
  ready: boolean;
  onEvidence: (file: File) => void;
}

/** `/verify#record=<id>`, as printed certificates lead here: fetches that record's evidence, as if it had been dropped. */
export function AddressedRecord({ ready, onEvidence }: AddressedRecordProps) {
  const t = useTranslations('verify.failed');
  const [fault, setFault] = useState<LookupFault | null>(null);
  const begun = useRef(false);
  useEffect(() => {
    if (!ready || begun.current) return;
    begun.current = true;
    const id = /^#record=([0-9a-f-]{36})$/.exec(window.location.hash)?.[1];
    if (id === undefined) return;
    fetchText(`/api/v1/evidence/${id}`).then(
      (text) => onEvidence(new File([text], `${id}.evidence.json`, { type: 'application/json' })),
      (error: unknown) => setFault(error instanceof LookupError ? error.code : 'registry-answer'),
    );
  }, [ready, onEvidence]);
  if (fault === null) return null;
  return (
    <Notice tone="warn" live title={t('title')}>
      <p>{t(fault)}</p>
    </Notice>
  );
}
