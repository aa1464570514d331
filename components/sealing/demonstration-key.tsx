'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { OpenedKey } from '@/lib/browser/keys/opened-key';
import { fromHex } from '@/lib/record/hex';

interface DemonstrationKeyProps {
  /** Ed25519 public key that this person registered, if any: a visitor may have made a key file of their own. */
  expectedKey?: string | undefined;
  onKey: (key: OpenedKey) => void;
}

async function fetchKey(): Promise<OpenedKey | null> {
  const response = await fetch('/api/demo/key', { method: 'POST' }).catch(() => null);
  if (!response?.ok) return null;
  const { seed } = (await response.json()) as { seed: string };
  return new OpenedKey(fromHex(seed, 32), true);
}

/** In the demonstration the registry keeps the members' keys, so that a visitor can open bids without a file. */
export function DemonstrationKey({ expectedKey, onKey }: DemonstrationKeyProps) {
  const t = useTranslations('sealing.key');
  const [failed, setFailed] = useState(false);
  const use = async () => {
    const key = await fetchKey();
    if (key && (expectedKey === undefined || key.publicKey === expectedKey)) onKey(key);
    else setFailed(true);
  };
  return (
    <div className="flex max-w-measure flex-col items-start gap-4">
      <Notice tone="warn">{t('demonstration')}</Notice>
      {failed ? <Notice tone="bad">{t('demonstrationFailed')}</Notice> : null}
      <Button onClick={() => void use()}>{t('demonstrationUse')}</Button>
      <p className="text-ink-soft">{t('demonstrationOr')}</p>
    </div>
  );
}
