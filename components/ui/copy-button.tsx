'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { classNames } from './class-names';

interface CopyButtonProps {
  text: string;
  label?: string | undefined;
  /** Only the icon, the label being read out. */
  compact?: boolean | undefined;
}

/** Puts a text on the clipboard, and says that it did. */
export function CopyButton({ text, label, compact = false }: CopyButtonProps) {
  const t = useTranslations('ui');
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const name = label ?? t('copy');
  return (
    <button
      type="button"
      data-print="hide"
      onClick={() => {
        void navigator.clipboard.writeText(text).then(() => setCopied(true));
      }}
      {...(compact ? { title: name } : {})}
      className={classNames(
        'inline-flex items-center gap-1.5 rounded-sm text-sm text-accent hover:bg-accent-soft',
        // The target is 44 px although the icon is small: the padding reaches over the line.
        compact ? '-my-3 min-h-11 min-w-11 justify-center' : 'min-h-11 px-2',
      )}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true" className="size-4">
        {copied ? (
          <path d="M3 8.6 6.4 12 13 4.6" fill="none" stroke="currentColor" strokeWidth="1.8" />
        ) : (
          <path d="M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z" fill="none" stroke="currentColor" strokeWidth="1.3" />
        )}
      </svg>
      <span className={compact ? 'sr-only' : undefined} aria-live="polite">
        {copied ? t('copied') : name}
      </span>
    </button>
  );
}
