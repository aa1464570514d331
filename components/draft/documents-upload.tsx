'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { FileDrop } from '@/components/ui/file-drop';
import { Hash } from '@/components/ui/hash';
import { ProgressBar } from '@/components/ui/progress-bar';
import { formatBytes } from '@/lib/i18n/format';
import type { Upload } from '@/lib/procedure/decision';
import { useUploads, type Pending } from './use-uploads';

interface DocumentsUploadProps {
  /** Row id of the tender (`TenderView.id`). */
  tenderId: string;
  /** What has arrived; the caller keeps it. */
  uploads: readonly Upload[];
  onChange: (uploads: Upload[]) => void;
  label?: string | undefined;
  hint?: string | undefined;
  error?: string | undefined;
  /** Told whether files are on their way: leaving the page then would stop them. */
  onBusy?: ((busy: boolean) => void) | undefined;
}

/** Documents for a record to come: several, each with its progress, its way out and its own error. */
export function DocumentsUpload(props: DocumentsUploadProps) {
  const { tenderId, uploads, onChange, label, hint, error, onBusy } = props;
  const t = useTranslations('draft.documents');
  const { pending, refused, add, cancel, retry, remove } = useUploads(tenderId, uploads, onChange);
  const busy = pending.some((entry) => entry.error === undefined);
  useEffect(() => {
    onBusy?.(busy);
    if (!busy) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [busy, onBusy]);
  return (
    <div className="flex flex-col gap-5">
      <FileDrop
        name="documents"
        label={label ?? t('add')}
        hint={hint ?? t('hint')}
        error={error}
        multiple
        onFiles={add}
      />
      {pending.length > 0 ? (
        <ul aria-label={t('underWay')} className="flex flex-col gap-4">
          {pending.map((entry) => (
            <PendingRow key={entry.key} entry={entry} onCancel={cancel} onRetry={retry} />
          ))}
        </ul>
      ) : null}
      {uploads.length > 0 ? (
        <ul aria-label={t('arrived')} className="divide-y divide-line border-y border-line">
          {uploads.map((upload) => (
            <UploadRow key={upload.id} upload={upload} refused={refused[upload.id]} onRemove={remove} />
          ))}
        </ul>
      ) : null}
      <p role="status" className="sr-only">
        {t('count', { count: uploads.length })}
      </p>
    </div>
  );
}

function PendingRow({
  entry,
  onCancel,
  onRetry,
}: {
  entry: Pending;
  onCancel: (key: number) => void;
  onRetry: (entry: Pending) => void;
}) {
  const t = useTranslations('draft.documents');
  const ui = useTranslations('ui');
  const locale = useLocale();
  const { file, sent, error, key } = entry;
  const detail = t('progress', { sent: formatBytes(sent, locale), size: formatBytes(file.size, locale) });
  return (
    <li className={classNames('flex flex-wrap gap-x-4 gap-y-1', error ? 'items-center' : 'items-end')}>
      <div className="min-w-0 flex-1 basis-64">
        {error ? (
          <p role="alert">
            <span className="font-semibold break-words">{file.name}</span>{' '}
            <span className="text-bad">{error}</span>
          </p>
        ) : (
          <ProgressBar label={file.name} value={sent / file.size} detail={detail} />
        )}
      </div>
      <div className="flex">
        {error && !entry.hopeless ? (
          <Button variant="quiet" onClick={() => onRetry(entry)}>
            {t('retry')} <span className="sr-only">{file.name}</span>
          </Button>
        ) : null}
        <Button variant="quiet" onClick={() => onCancel(key)}>
          {error ? t('dismiss') : ui('cancel')} <span className="sr-only">{file.name}</span>
        </Button>
      </div>
    </li>
  );
}

function UploadRow({
  upload,
  refused,
  onRemove,
}: {
  upload: Upload;
  refused: string | undefined;
  onRemove: (id: string) => Promise<void>;
}) {
  const t = useTranslations('draft.documents');
  const locale = useLocale();
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-3" data-upload={upload.id}>
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-semibold break-words">{upload.name}</p>
        <p className="text-sm text-ink-soft">
          {formatBytes(upload.size, locale)} · {upload.mediaType}
        </p>
        {refused ? (
          <p role="alert" className="text-sm font-semibold text-bad">
            {refused}
          </p>
        ) : null}
      </div>
      <div className="flex flex-wrap items-center gap-x-4">
        <Hash value={upload.sha256} />
        <Button variant="quiet" onClick={() => void onRemove(upload.id)}>
          {t('remove')} <span className="sr-only">{upload.name}</span>
        </Button>
      </div>
    </li>
  );
}
