'use client';

import { useLocale } from 'next-intl';
import type { MouseEvent } from 'react';
import { getPathname, usePathname } from '@/lib/i18n/navigation';
import { languageNames, languageTags, routing } from '@/lib/i18n/routing';

/** The same page in the other languages. A plain link: the whole document changes its language. */
export function LanguageSwitch({ labels }: { labels: Record<string, string> }) {
  const current = useLocale();
  const pathname = usePathname();
  // The query is only known in the browser; without JavaScript the page alone is kept.
  const keepQuery = (event: MouseEvent<HTMLAnchorElement>) => {
    event.currentTarget.search = window.location.search;
    event.currentTarget.hash = window.location.hash;
  };
  return routing.locales
    .filter((locale) => locale !== current)
    .map((locale) => (
      <a
        key={locale}
        href={getPathname({ href: pathname, locale })}
        hrefLang={languageTags[locale]}
        lang={languageTags[locale]}
        aria-label={labels[locale]}
        onClick={keepQuery}
        className="flex min-h-11 items-center px-1 text-accent underline-offset-4 hover:underline"
      >
        {languageNames[locale]}
      </a>
    ));
}
