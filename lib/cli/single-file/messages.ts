import type { Namespace } from '@/lib/i18n/namespaces';

/** Which texts a page in one file shows, by namespace: the first keys, or all of it. */
export type KeptTexts = Partial<Record<Namespace, readonly string[] | 'all'>>;

/** A catalogue without what the page never shows. @param content the JSON file of a namespace */
export function keptMessages(kept: KeptTexts, namespace: string, content: string): string {
  const keys = kept[namespace as Namespace];
  if (keys === 'all') return content;
  const texts = JSON.parse(content) as Record<string, unknown>;
  const entries = Object.entries(texts).filter(([key]) => keys?.includes(key));
  return JSON.stringify(Object.fromEntries(entries));
}
