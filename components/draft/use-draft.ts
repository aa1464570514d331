'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef, useState } from 'react';
import { actOn } from '@/app/[locale]/(office)/actions';
import type { NoticeDraft } from '@/lib/record/notice';

export type SaveState =
  | { kind: 'unchanged' }
  | { kind: 'waiting' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: number }
  | { kind: 'failed'; message: string };

/** Long enough for a word to be finished, short enough that little is lost when the machine dies. */
const PAUSE = 900;

/**
 * A draft that saves itself a moment after each change. One save at a time: the answers of two that overtook each
 * other on the way would leave the older text in the database.
 */
export function useDraft(ocid: string, initial: NoticeDraft) {
  const ui = useTranslations('ui');
  const [draft, setDraft] = useState(initial);
  const [state, setState] = useState<SaveState>({ kind: 'unchanged' });
  const latest = useRef(initial);
  const saved = useRef(initial);
  const running = useRef<Promise<boolean> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const send = useCallback(async (): Promise<boolean> => {
    while (saved.current !== latest.current) {
      const sending = latest.current;
      setState({ kind: 'saving' });
      try {
        const result = await actOn({ ocid, act: 'edit-draft', input: { draft: sending } });
        if (!result.ok) {
          const fields = Object.values(result.fieldErrors ?? {});
          setState({ kind: 'failed', message: [result.message, ...fields].join(' ') });
          return false;
        }
      } catch {
        setState({ kind: 'failed', message: ui('failure') });
        return false;
      }
      saved.current = sending;
    }
    setState({ kind: 'saved', at: Date.now() });
    return true;
  }, [ocid, ui]);

  /** Saves what is not saved yet; true once everything is. */
  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    while (running.current) await running.current;
    if (saved.current === latest.current) return true;
    running.current = send().finally(() => {
      running.current = null;
    });
    return running.current;
  }, [send]);

  const change = useCallback(
    (patch: Partial<NoticeDraft>) => {
      const { contractPeriod, ...rest } = { ...latest.current, ...patch };
      latest.current = contractPeriod ? { ...rest, contractPeriod } : rest;
      setDraft(latest.current);
      setState({ kind: 'waiting' });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), PAUSE);
    },
    [flush],
  );

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (saved.current !== latest.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
      // Leaving by a link of this site: what was typed a moment ago is still sent.
      void flush();
    };
  }, [flush]);

  return { draft, state, change, flush };
}
