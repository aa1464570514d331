'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { FileDrop } from '@/components/ui/file-drop';
import { formatBytes } from '@/lib/i18n/format';
import { fileNameKey, safeFileName } from '@/lib/sealing/file-name';
import type { BidLimits } from './bid-types';

interface FilesStepProps {
  files: readonly File[];
  limits: BidLimits;
  onChange: (files: readonly File[]) => void;
}

const nameKey = (file: File) => fileNameKey(safeFileName(file.name));
export const totalSize = (files: readonly File[]) => files.reduce((sum, file) => sum + file.size, 0);

/** The documents of the bid. What cannot be added is said at once; what is there stays. */
export function FilesStep({ files, limits, onChange }: FilesStepProps) {
  const t = useTranslations('sealing.bid');
  const locale = useLocale();
  const [problem, setProblem] = useState<string | undefined>(undefined);

  const add = (added: File[]) => {
    const kept = [...files];
    let refused: string | undefined;
    for (const file of added) {
      const reason = refusal(file, kept);
      if (reason === undefined) kept.push(file);
      else refused ??= reason;
    }
    setProblem(refused);
    if (kept.length > files.length) onChange(kept);
  };
  const refusal = (file: File, kept: readonly File[]): string | undefined => {
    if (file.size === 0) return t('fileEmpty', { name: file.name });
    if (kept.some((other) => nameKey(other) === nameKey(file))) return t('fileTwice', { name: file.name });
    if (kept.length >= limits.files) return t('tooMany', { count: limits.files });
    const tooLarge = totalSize(kept) + file.size > limits.bytes;
    return tooLarge ? t('tooLarge', { size: formatBytes(limits.bytes, locale) }) : undefined;
  };
  const remove = (file: File) => {
    setProblem(undefined);
    onChange(files.filter((other) => other !== file));
  };
  return (
    <>
      <p className="max-w-measure text-ink-soft">{t('filesIntro')}</p>
      <div className="max-w-measure">
        <FileDrop
          name="files"
          label={t('files')}
          hint={t('filesHint', { count: limits.files, size: formatBytes(limits.bytes, locale) })}
          error={problem}
          multiple
          onFiles={add}
        />
      </div>
      <FileList files={files} onRemove={remove} />
    </>
  );
}

function FileList({ files, onRemove }: { files: readonly File[]; onRemove: (file: File) => void }) {
  const t = useTranslations('sealing.bid');
  const locale = useLocale();
  if (files.length === 0) return <p>{t('noFiles')}</p>;
  return (
    <div className="max-w-measure">
      <ul className="divide-y divide-line border-y border-line">
        {files.map((file) => {
          const sealedAs = safeFileName(file.name);
          return (
            <li key={nameKey(file)} className="flex items-center justify-between gap-4 py-2">
              <span className="min-w-0 break-words">
                {file.name} <span className="text-sm text-ink-soft">{formatBytes(file.size, locale)}</span>
                {sealedAs === file.name ? null : (
                  <span className="block text-sm text-ink-soft">{t('renamed', { name: sealedAs })}</span>
                )}
              </span>
              <Button
                variant="quiet"
                aria-label={t('removeWhat', { name: file.name })}
                onClick={() => onRemove(file)}
              >
                {t('remove')}
              </Button>
            </li>
          );
        })}
      </ul>
      <p className="mt-2 text-sm text-ink-soft" aria-live="polite">
        {t('fileCount', { count: files.length, size: formatBytes(totalSize(files), locale) })}
      </p>
    </div>
  );
}
