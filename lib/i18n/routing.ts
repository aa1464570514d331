import { defineRouting } from 'next-intl/routing';

/** Every page has its language in the path, so that a link sent to somebody opens in the language it was read in. */
export const routing = defineRouting({
  locales: ['en', 'zh'],
  defaultLocale: 'en',
  localePrefix: 'always',
});

export type AppLocale = (typeof routing.locales)[number];

/** The BCP 47 tag that dates, numbers and `<html lang>` use. */
export const languageTags: Record<AppLocale, string> = { en: 'en-GB', zh: 'zh-CN' };

/** Each language named in itself. */
export const languageNames: Record<AppLocale, string> = { en: 'English', zh: '中文' };
