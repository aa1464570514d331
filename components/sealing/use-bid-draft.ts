'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import type { DraftIdentity } from '@/lib/browser/drafts/draft';
import { DraftSession, LOADING, type DraftSnapshot } from '@/lib/browser/drafts/draft-session';

/**
 * What a page gets of the draft. Read `phase` first: only while it is `ready` may the form be shown, since only then
 * what is typed is kept (`BidDraftNotice` says the rest). Then
 *
 * - `draft`: everything typed; show the form from it, and change it by `session.update(draft => …)`, which saves by itself;
 * - `saving`: `none`, `pending`, `saving`, `saved` (`at`), `failed` (`error`); `DraftMenu` shows it;
 * - `copying`: files on their way into the draft, with bytes done; `session.stopCopying(id)` stops one;
 * - `session.addFiles(lot, part, files)`: copies files in and answers `{added, error}`; `session.removeFile(id)`;
 * - `session.storedFile(file)`: what to hand to the sealing worker instead of a `File`; there, `openStoredFile`;
 * - `session.flush()`: saves now, for instance before sealing; `session.discard()` once the bid is filed and the draft
 *   is no longer wanted.
 */
export interface BidDraftHandle extends DraftSnapshot {
  readonly session: DraftSession;
}

/**
 * The draft of one bid in this browser: opened with the page, saved while it is typed, given free when the page is left.
 * @param identity must stay the same: a page that can change it gives its component a `key`
 */
export function useBidDraft(identity: DraftIdentity): BidDraftHandle {
  const [session] = useState(() => new DraftSession(identity));
  const snapshot = useSyncExternalStore(session.subscribe, session.snapshot, () => LOADING);
  useEffect(() => {
    void session.start();
    // A page in the background may be ended at any time, without a word.
    const save = () => {
      if (document.visibilityState === 'hidden') void session.flush();
    };
    document.addEventListener('visibilitychange', save);
    return () => {
      document.removeEventListener('visibilitychange', save);
      void session.stop();
    };
  }, [session]);
  return { ...snapshot, session };
}
