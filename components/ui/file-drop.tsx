'use client';

import { useTranslations } from 'next-intl';
import { useState, type DragEvent } from 'react';
import { classNames } from './class-names';
import { FieldNotes, fieldAria, type FieldProps } from './field';

type FileDropProps = FieldProps & {
  accept?: string | undefined;
  multiple?: boolean | undefined;
  disabled?: boolean | undefined;
  /** At least one; chosen, dropped or (the input being a real one) set by a test. */
  onFiles: (files: File[]) => void;
  /** Instead of `onFiles` for what is dropped: for whoever takes folders too. Read it at once, the browser empties it. */
  onTransfer?: ((transfer: DataTransfer) => void) | undefined;
};

/** Takes files by drop, by mouse and by keyboard. The files stay in the browser: `onFiles` decides what happens. */
export function FileDrop({
  accept,
  multiple = false,
  disabled = false,
  onFiles,
  onTransfer,
  ...field
}: FileDropProps) {
  const t = useTranslations('ui');
  const [over, setOver] = useState(false);
  const id = field.id ?? field.name;
  const hand = (list: FileList | null) => {
    const files = [...(list ?? [])];
    if (files.length > 0) onFiles(multiple ? files : files.slice(0, 1));
  };
  const drag = (event: DragEvent, inside: boolean) => {
    event.preventDefault();
    if (!disabled) setOver(inside);
  };
  return (
    <div className={classNames('flex flex-col gap-1.5', field.error && 'border-l-4 border-bad pl-4')}>
      <label htmlFor={id} className="font-semibold">
        <span data-label>{field.label}</span>
      </label>
      <FieldNotes id={id} hint={field.hint} error={field.error} />
      <div
        onDragOver={(event) => drag(event, true)}
        onDragLeave={(event) => drag(event, false)}
        onDrop={(event) => {
          drag(event, false);
          if (disabled) return;
          if (onTransfer && event.dataTransfer.files.length > 0) onTransfer(event.dataTransfer);
          else hand(event.dataTransfer.files);
        }}
        className={classNames(
          'relative flex min-h-36 flex-col items-center justify-center gap-1 rounded-lg border-2 border-dashed p-6 text-center transition-colors',
          'has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
          over ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface hover:border-accent',
          disabled && 'opacity-60',
        )}
      >
        <input
          {...fieldAria(field)}
          name={field.name}
          type="file"
          accept={accept}
          multiple={multiple}
          disabled={disabled}
          onChange={(event) => {
            hand(event.target.files);
            // The same file may be chosen again after it was changed.
            event.target.value = '';
          }}
          className="absolute inset-0 size-full cursor-pointer opacity-0 disabled:cursor-not-allowed"
        />
        <svg viewBox="0 0 32 32" aria-hidden="true" className="mb-1 size-9 text-accent">
          <path d="M8 3.5h11l6 6v19H8zM19 3.5v6h6" fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path
            d="M16.5 24v-8.5M13 18.6l3.5-3.4 3.5 3.4"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.6"
          />
        </svg>
        <span className="link font-semibold">{t(multiple ? 'chooseFiles' : 'chooseFile')}</span>
        <span className="text-sm text-ink-soft">{t(multiple ? 'dropHereSeveral' : 'dropHere')}</span>
      </div>
    </div>
  );
}
