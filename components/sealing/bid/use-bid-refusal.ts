'use client';

import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { DraftError } from '@/lib/browser/drafts/draft-error';
import { SealFailure } from '@/lib/browser/sealing/seal-client';
import type { ActRefusal } from '@/lib/forms/act-result';
import { useRefusal } from '../use-attempt';
import { useDraftRefusal } from '../use-draft-refusal';

/** Says what was thrown on the way of a bid: by the draft, the sealer, the keys, or the line. */
export function useBidRefusal(): (error: unknown) => ActRefusal {
  const t = useTranslations('bid.errors');
  const refusalOf = useRefusal();
  const draftRefusalOf = useDraftRefusal();
  return useCallback(
    (error: unknown) => {
      if (error instanceof DraftError) return draftRefusalOf(error);
      if (error instanceof SealFailure) return { ok: false, code: 'seal-failed', message: t('sealFailed') };
      return refusalOf(error);
    },
    [t, refusalOf, draftRefusalOf],
  );
}
