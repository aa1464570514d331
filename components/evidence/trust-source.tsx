'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import {
  descriptorFile,
  differences,
  MAX_DESCRIPTOR_LENGTH,
  parseDescriptor,
  type Kept,
  type Trust,
} from '@/lib/browser/verify/pin';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { Button } from '../ui/button';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { FileDrop } from '../ui/file-drop';
import { LocalTime } from '../ui/local-time';
import { Notice } from '../ui/notice';
import { saveText } from './save-text';

/** Whose word the values below are, and whether the platform says the same today. */
export function TrustSource({ trust, kept }: { trust: Trust; kept: Kept }) {
  const t = useTranslations('verify.pin');
  // Before the page runs nobody knows what the browser keeps.
  if (kept.state === 'asking') return null;
  const same = trust.differs.length === 0;
  if (trust.source === 'page') {
    return (
      <Notice tone="warn" title={t('page')}>
        <p>{t(kept.state === 'damaged' ? 'damaged' : 'unavailable')}</p>
      </Notice>
    );
  }
  return (
    <div data-trust={trust.source}>
      <Notice
        tone={same ? 'ok' : 'bad'}
        title={
          trust.source === 'pinned' && kept.state === 'pinned'
            ? t.rich('pinned', { time: () => <LocalTime instant={kept.pin.since} /> })
            : t('own')
        }
      >
        <p>{t(same ? 'same' : 'other')}</p>
      </Notice>
    </div>
  );
}

interface OwnCopyProps {
  trust: Trust;
  kept: Kept;
  onOwn: (copy: RegistryDescriptor | null) => void;
  onPin: (registry: RegistryDescriptor) => void;
}

/** Brings a copy that the reader holds, and takes one away to hold. */
export function OwnCopy({ trust, kept, onOwn, onPin }: OwnCopyProps) {
  const t = useTranslations('verify.pin');
  const [fault, setFault] = useState<string>();
  const file = descriptorFile(trust.registry);
  const read = async ([chosen]: readonly File[]): Promise<void> => {
    if (chosen === undefined) return;
    const parsed = await readDescriptor(chosen);
    if (!parsed.ok) return setFault(t(`fault.${parsed.code}`, { name: chosen.name, detail: parsed.detail }));
    setFault(undefined);
    onOwn(parsed.registry);
  };
  const own = trust.source === 'own';
  const unlikePin =
    own && kept.state === 'pinned' && differences(trust.registry, kept.pin.registry).length > 0;
  return (
    <div data-print="hide" className="flex max-w-measure flex-col items-start gap-4">
      <Button variant="secondary" onClick={() => saveText(file.text, file.name)}>
        {t('download')}
      </Button>
      <div className="w-full">
        <FileDrop
          name="descriptor"
          label={t('bring')}
          hint={t('bringHint')}
          error={fault}
          accept=".json,application/json"
          onFiles={(files) => void read(files)}
        />
      </div>
      <p role="status" aria-live="polite" className={fault === undefined && own ? '' : 'sr-only'}>
        {fault ?? (own ? t(trust.differs.length === 0 ? 'ownSame' : 'ownOther') : '')}
      </p>
      {own ? (
        <div className="flex flex-wrap gap-3">
          {unlikePin ? (
            <ConfirmDialog
              trigger={t('keepOwn')}
              triggerVariant="secondary"
              title={t('keepOwnTitle')}
              onConfirm={() => onPin(trust.registry)}
            >
              <p>{t('keepOwnBody')}</p>
            </ConfirmDialog>
          ) : null}
          <Button variant="quiet" onClick={() => onOwn(null)}>
            {t('dropOwn')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

async function readDescriptor(file: File): Promise<ReturnType<typeof parseDescriptor>> {
  try {
    // One more than is allowed: what is too long must not become something else by being cut.
    return parseDescriptor(await file.slice(0, MAX_DESCRIPTOR_LENGTH + 1).text());
  } catch (error) {
    return { ok: false, code: 'not-json', detail: error instanceof Error ? error.message : '' };
  }
}
