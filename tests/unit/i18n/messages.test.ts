import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { namespaces } from '@/lib/i18n/namespaces';

const folder = join(import.meta.dirname, '../../../lib/i18n/messages');

/** Every text with its path, e.g. "nav.label". */
function texts(node: unknown, path = ''): [string, unknown][] {
  if (typeof node !== 'object' || node === null) return [[path, node]];
  return Object.entries(node).flatMap(([key, child]) => texts(child, path ? `${path}.${key}` : key));
}

function read(locale: string, namespace: string): [string, unknown][] {
  return texts(JSON.parse(readFileSync(join(folder, locale, `${namespace}.json`), 'utf8')));
}

/** The names of the arguments of an ICU message, those of branches included. */
function args(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\s*(\w+)\s*[,}]/g)].map((match) => match[1] ?? ''))].sort();
}

describe('texts in both languages', () => {
  it.each(['en', 'zh'])('%s has exactly the namespaces of the list', (locale) => {
    const files = readdirSync(join(folder, locale)).map((file) => file.replace(/\.json$/, ''));
    expect(files.sort()).toEqual([...namespaces].sort());
  });

  it.each(namespaces)('%s has the same keys in English and in Chinese', (namespace) => {
    const keys = (locale: string) => read(locale, namespace).map(([path]) => path);
    expect(keys('zh').sort()).toEqual(keys('en').sort());
  });

  it.each(namespaces)('%s has no empty text', (namespace) => {
    for (const locale of ['en', 'zh']) {
      const empty = read(locale, namespace).filter(
        ([, text]) => typeof text !== 'string' || text.trim() === '',
      );
      expect(empty, locale).toEqual([]);
    }
  });

  it.each(namespaces)('%s uses no argument in Chinese that English does not have', (namespace) => {
    const english = new Map(read('en', namespace));
    for (const [path, text] of read('zh', namespace)) {
      const known = args(String(english.get(path)));
      expect(
        args(String(text)).filter((name) => !known.includes(name)),
        path,
      ).toEqual([]);
    }
  });
});
