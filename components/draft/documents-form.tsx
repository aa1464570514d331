'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import type { Upload } from '@/lib/procedure/decision';
import { DocumentsUpload } from './documents-upload';

interface DocumentsFormProps {
  tenderId: string;
  initial: readonly Upload[];
  next: string;
}

/** The documents of the notice: each is kept the moment it has arrived. */
export function DocumentsForm({ tenderId, initial, next }: DocumentsFormProps) {
  const t = useTranslations('draft');
  const [uploads, setUploads] = useState<readonly Upload[]>(initial);
  const [busy, setBusy] = useState(false);
  return (
    <div className="flex max-w-3xl flex-col gap-8">
      <DocumentsUpload tenderId={tenderId} uploads={uploads} onChange={setUploads} onBusy={setBusy} />
      <div>
        {busy ? (
          <Button disabled>{t('documents.uploading')}</Button>
        ) : (
          <ButtonLink href={next}>{t('documents.done')}</ButtonLink>
        )}
      </div>
    </div>
  );
}
