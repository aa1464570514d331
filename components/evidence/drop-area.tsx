'use client';

import { useTranslations } from 'next-intl';
import { chosenFiles, droppedFiles, type Found } from '@/lib/browser/verify/intake/folder';
import { FileDrop } from '../ui/file-drop';
import { FolderInput } from '../ui/folder-input';

/** Takes files, folders and archives: all that the page loads before there is something to check. */
export function DropArea({ onFound }: { onFound: (found: Promise<Found> | Found) => void }) {
  const t = useTranslations('verify');
  return (
    <div data-print="hide" className="max-w-measure">
      <FileDrop
        name="files"
        label={t('drop.label')}
        hint={t('drop.hint')}
        multiple
        onFiles={(files) => onFound(chosenFiles(files))}
        onTransfer={(transfer) => onFound(droppedFiles(transfer))}
      />
      <div className="mt-3">
        <FolderInput
          name="folder"
          label={t('drop.folder')}
          onFiles={(files) => onFound(chosenFiles(files))}
        />
      </div>
      <p className="mt-3 text-sm text-ink-soft">{t('privacy')}</p>
    </div>
  );
}
