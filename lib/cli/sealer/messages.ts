import type { Namespace } from '@/lib/i18n/namespaces';

/**
 * The texts that the offline sealer shows, by namespace: the first keys, or all of it. A test that walks through the
 * sealer in both languages fails when one is missing.
 */
const KEPT: Partial<Record<Namespace, readonly string[] | 'all'>> = {
  sealer: 'all',
  ui: 'all',
  bidDraft: ['errors'],
  sealing: ['errors', 'fingerprint', 'key'],
  bid: [
    ...['toBid', 'toTasks', 'continue', 'tasks', 'eligibility', 'declaration', 'partners', 'lots', 'prices'],
    ...['files', 'review', 'seal', 'recovery', 'work', 'errors'],
  ],
};

/** A catalogue without what the sealer never shows. @param content the JSON file of a namespace */
export function keptMessages(namespace: string, content: string): string {
  const kept = KEPT[namespace as Namespace];
  if (kept === 'all') return content;
  const texts = JSON.parse(content) as Record<string, unknown>;
  const entries = Object.entries(texts).filter(([key]) => kept?.includes(key));
  return JSON.stringify(Object.fromEntries(entries));
}
