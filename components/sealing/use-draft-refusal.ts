'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { DraftError } from '@/lib/browser/drafts/draft-error';
import type { ActRefusal } from '@/lib/forms/act-result';
import { formatBytes } from '@/lib/i18n/format';

/** Says in the reader's language why something about a draft cannot be done. */
export function useDraftRefusal(): (error: unknown) => ActRefusal {
  const t = useTranslations('bidDraft.errors');
  const locale = useLocale();
  return useCallback(
    (error: unknown) => {
      const code = error instanceof DraftError ? error.code : 'storage-unavailable';
      const room = error instanceof DraftError ? error.room : null;
      const needed = formatBytes(room?.needed ?? 0, locale);
      const left = room?.available ?? null;
      const known = left === null ? 'no' : 'yes';
      const available = formatBytes(left ?? 0, locale);
      return { ok: false, code, message: t(code, { needed, available, known }) };
    },
    [t, locale],
  );
}
