'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { formatBytes } from '@/lib/i18n/format';
import { languageTags } from '@/lib/i18n/routing';
import type { Upload } from '@/lib/procedure/decision';
import { MOST_BYTES, removeFile, sendFile, type Sending } from './send-file';

/** A file on its way, or one that was refused and may be tried again. */
export interface Pending {
  key: number;
  file: File;
  sent: number;
  /** Absent while it waits or runs. */
  error?: string;
  /** Trying again would end the same: the file itself is wrong. */
  hopeless?: boolean;
}

/** At once; the rest waits, so that a slow line finishes some files instead of none. */
const AT_ONCE = 2;

/** Files on their way to the registry, two at a time. `uploads` is the caller's: what has arrived. */
export function useUploads(
  tenderId: string,
  uploads: readonly Upload[],
  onChange: (uploads: Upload[]) => void,
) {
  const t = useTranslations('draft.documents');
  const locale = useLocale();
  const language = languageTags[locale];
  const [pending, setPending] = useState<readonly Pending[]>([]);
  const [refused, setRefused] = useState<Record<string, string>>({});
  const arrived = useRef(uploads);
  const running = useRef(new Map<number, Sending>());
  const waiting = useRef<Pending[]>([]);
  const count = useRef(0);

  // Several files arrive between two renderings: each must be added to the others, not to an old list.
  useEffect(() => {
    arrived.current = uploads;
  }, [uploads]);
  useEffect(() => {
    const sendings = running.current;
    return () => sendings.forEach((sending) => sending.cancel());
  }, []);

  const report = (next: Upload[]) => {
    arrived.current = next;
    onChange(next);
  };
  const update = (key: number, patch: Partial<Pending>) =>
    setPending((list) => list.map((p) => (p.key === key ? { ...p, ...patch } : p)));
  const drop = (key: number) => setPending((list) => list.filter((p) => p.key !== key));

  const run = () => {
    while (running.current.size < AT_ONCE) {
      const next = waiting.current.shift();
      if (!next) return;
      void start(next);
    }
  };
  const start = async ({ key, file }: Pending) => {
    const sending = sendFile({ tenderId, file, language, onProgress: (sent) => update(key, { sent }) });
    running.current.set(key, sending);
    const outcome = await sending.done;
    // Cancelled: its row is gone already.
    if (!running.current.delete(key)) return run();
    if (outcome.ok) {
      drop(key);
      report([...arrived.current, outcome.upload]);
    } else update(key, { error: outcome.message ?? t('interrupted') });
    run();
  };
  const wrong = (file: File): string | null => {
    if (file.size === 0) return t('empty');
    if (file.size > MOST_BYTES) return t('tooLarge', { size: formatBytes(file.size, locale) });
    return null;
  };
  const enqueue = (entries: Pending[]) => {
    waiting.current.push(...entries.filter((p) => p.error === undefined));
    run();
  };

  const add = (files: readonly File[]) => {
    const entries = files.map((file): Pending => {
      const error = wrong(file);
      count.current += 1;
      return { key: count.current, file, sent: 0, ...(error ? { error, hopeless: true } : {}) };
    });
    setPending((list) => [...list, ...entries]);
    enqueue(entries);
  };
  const cancel = (key: number) => {
    waiting.current = waiting.current.filter((p) => p.key !== key);
    const sending = running.current.get(key);
    running.current.delete(key);
    sending?.cancel();
    drop(key);
  };
  const retry = (entry: Pending) => {
    const fresh: Pending = { key: entry.key, file: entry.file, sent: 0 };
    setPending((list) => list.map((p) => (p.key === entry.key ? fresh : p)));
    enqueue([fresh]);
  };
  const remove = async (id: string) => {
    const { ok, message } = await removeFile(id, language);
    if (ok) report(arrived.current.filter((u) => u.id !== id));
    else setRefused((all) => ({ ...all, [id]: message ?? t('interrupted') }));
  };
  return { pending, refused, add, cancel, retry, remove };
}
