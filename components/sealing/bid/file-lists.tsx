'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { ProgressBar } from '@/components/ui/progress-bar';
import type { FileRef } from '@/lib/browser/drafts/draft';
import type { Copying } from '@/lib/browser/drafts/file-copies';
import { formatBytes } from '@/lib/i18n/format';
import { safeFileName } from '@/lib/sealing/file-name';

/** A file that could not be added, and why. */
export interface RefusedFile {
  readonly id: string;
  readonly name: string;
  readonly message: string;
}

const sum = (files: readonly FileRef[]) => files.reduce((total, { size }) => total + size, 0);

/** The documents of an envelope, with the names under which they are sealed. */
export function FileList({
  files,
  action,
}: {
  files: readonly FileRef[];
  action?: (file: FileRef) => ReactNode;
}) {
  const t = useTranslations('bid.files');
  const locale = useLocale();
  if (files.length === 0) return <p>{t('none')}</p>;
  return (
    <div className="max-w-measure">
      <ul className="divide-y divide-line border-y border-line">
        {files.map((file) => {
          const sealedAs = safeFileName(file.name);
          return (
            <li key={file.id} className="flex items-center justify-between gap-4 py-2">
              <span className="min-w-0 break-words">
                {file.name}{' '}
                <span className="text-sm whitespace-nowrap text-ink-soft">
                  {formatBytes(file.size, locale)}
                </span>
                {sealedAs === file.name ? null : (
                  <span className="block text-sm text-ink-soft">{t('renamed', { name: sealedAs })}</span>
                )}
              </span>
              {action?.(file)}
            </li>
          );
        })}
      </ul>
      <p className="mt-2 text-sm text-ink-soft" aria-live="polite">
        {t('count', { count: files.length, size: formatBytes(sum(files), locale) })}
      </p>
    </div>
  );
}

/** Files on their way into the draft. */
export function CopyingFiles({
  copying,
  onStop,
}: {
  copying: readonly Copying[];
  onStop: (id: number) => void;
}) {
  const t = useTranslations('bid.files');
  const locale = useLocale();
  if (copying.length === 0) return null;
  return (
    <ul className="flex max-w-measure flex-col gap-3" aria-busy="true">
      {copying.map(({ id, name, done, size }) => (
        <li key={id} className="flex items-center gap-4">
          <div className="min-w-0 flex-1">
            <ProgressBar
              label={name}
              value={done / Math.max(1, size)}
              detail={t('copied', { done: formatBytes(done, locale), total: formatBytes(size, locale) })}
            />
          </div>
          <Button variant="quiet" aria-label={t('stopWhat', { name })} onClick={() => onStop(id)}>
            {t('stop')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** What was refused, each with its reason, until the next files are chosen or the reader has seen it. */
export function RefusedFiles({
  refused,
  onDismiss,
}: {
  refused: readonly RefusedFile[];
  onDismiss: () => void;
}) {
  const t = useTranslations('bid.files');
  if (refused.length === 0) return null;
  return (
    <div role="alert" className="max-w-measure border-l-4 border-bad pl-4" data-testid="refused-files">
      <p className="font-semibold text-bad">{t('refusedTitle', { count: refused.length })}</p>
      <ul className="mt-1 flex flex-col gap-2">
        {refused.map(({ id, name, message }) => (
          <li key={id} className="min-w-0 break-words">
            <span className="font-semibold">{name}</span>
            <span className="block text-bad">{message}</span>
          </li>
        ))}
      </ul>
      <Button variant="quiet" className="-ml-3" onClick={onDismiss}>
        {t('dismiss')}
      </Button>
    </div>
  );
}
