'use client';

import { NextIntlClientProvider, type AbstractIntlMessages } from 'next-intl';
import { useEffect, useState } from 'react';
import { languageTags, type AppLocale } from '@/lib/i18n/routing';
import { MESSAGES } from './messages';
import { SealerFrame } from './sealer-frame';
import { SealerStages } from './sealer-stages';

const preferred = (): AppLocale =>
  navigator.languages.some((tag) => /^zh\b/i.test(tag)) && !/^en\b/i.test(navigator.language) ? 'zh' : 'en';

/** The offline sealer: one page, in one file, that seals a bid and sends nothing. */
export function Sealer() {
  const [locale, setLocale] = useState(preferred);
  useEffect(() => {
    document.documentElement.lang = languageTags[locale];
    document.title = String((MESSAGES[locale].sealer as { title: string }).title);
  }, [locale]);
  return (
    <NextIntlClientProvider
      locale={locale}
      messages={MESSAGES[locale] as AbstractIntlMessages}
      timeZone="UTC"
    >
      <SealerFrame locale={locale} onLocale={setLocale}>
        <SealerStages />
      </SealerFrame>
    </NextIntlClientProvider>
  );
}
