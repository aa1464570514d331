'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Wordmark } from '@/components/site/wordmark';
import { languageNames, languageTags, routing, type AppLocale } from '@/lib/i18n/routing';

interface SealerFrameProps {
  locale: AppLocale;
  onLocale: (locale: AppLocale) => void;
  children: ReactNode;
}

/** What stands around every step: whose program this is, the language, and that nothing leaves the page. */
export function SealerFrame({ locale, onLocale, children }: SealerFrameProps) {
  const t = useTranslations('sealer');
  return (
    <>
      <header data-print="hide" className="border-b border-line bg-surface">
        <div className="page flex flex-wrap items-center justify-between gap-x-6 py-2">
          <Wordmark />
          <div className="flex gap-4">
            {routing.locales
              .filter((other) => other !== locale)
              .map((other) => (
                <button
                  key={other}
                  type="button"
                  lang={languageTags[other]}
                  onClick={() => onLocale(other)}
                  className="flex min-h-11 cursor-pointer items-center px-1 text-accent underline-offset-4 hover:underline"
                >
                  {languageNames[other]}
                </button>
              ))}
          </div>
        </div>
      </header>
      <main className="page flex-1 py-8 sm:py-12">
        <h1 className="mb-6 text-2xl sm:text-3xl">{t('title')}</h1>
        {children}
      </main>
      <footer data-print="hide" className="border-t border-line">
        <p className="page py-5 text-sm text-ink-soft">
          <span className="block max-w-measure">{t('footer')}</span>
        </p>
      </footer>
    </>
  );
}
