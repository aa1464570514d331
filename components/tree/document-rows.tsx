'use client';

import { useTranslations } from 'next-intl';
import { classNames } from '../ui/class-names';
import type { PlayDocument } from './tree-play';

interface DocumentRowsProps {
  documents: readonly PlayDocument[];
  chosen: number;
  onChoose: (index: number) => void;
  onText: (id: number, text: string) => void;
  onRemove: (id: number) => void;
}

/** The documents as fields; before each the choice of the one to prove, behind it its removal. */
export function DocumentRows({ documents, chosen, onChoose, onText, onRemove }: DocumentRowsProps) {
  const t = useTranslations('treePlay');
  return (
    <fieldset>
      <legend className="mb-2 font-semibold">{t('documents')}</legend>
      <ol className="flex flex-col gap-2">
        {documents.map(({ id, text }, index) => {
          const number = index + 1;
          return (
            <li key={id} className="flex items-center gap-1">
              <label
                className={classNames(
                  'flex min-h-11 min-w-14 shrink-0 cursor-pointer items-center gap-2 px-1',
                  index === chosen && 'font-semibold text-accent',
                )}
              >
                <input
                  type="radio"
                  name="tree-chosen"
                  checked={index === chosen}
                  onChange={() => onChoose(index)}
                  aria-label={t('select', { number })}
                  className="size-5"
                />
                <span aria-hidden="true">{number}</span>
              </label>
              <input
                type="text"
                name={`tree-document-${id}`}
                value={text}
                maxLength={200}
                autoComplete="off"
                aria-label={t('document', { number })}
                onChange={(event) => onText(id, event.target.value)}
                className="control min-w-0 grow"
              />
              <button
                type="button"
                onClick={() => onRemove(id)}
                disabled={documents.length === 1}
                aria-label={t('remove', { number })}
                title={t('remove', { number })}
                className="flex size-11 shrink-0 items-center justify-center rounded-sm text-ink-soft hover:bg-accent-soft hover:text-accent disabled:opacity-40"
              >
                <svg viewBox="0 0 20 20" aria-hidden="true" className="size-5">
                  <path d="M5.5 5.5l9 9M14.5 5.5l-9 9" fill="none" stroke="currentColor" strokeWidth="1.8" />
                </svg>
              </button>
            </li>
          );
        })}
      </ol>
    </fieldset>
  );
}
