import { hasLocale } from 'next-intl';
import { getRequestConfig } from 'next-intl/server';
import { namespaces, type Messages } from './namespaces';
import { routing, type AppLocale } from './routing';

async function loadMessages(locale: AppLocale): Promise<Messages> {
  const loaded = await Promise.all(
    namespaces.map(async (namespace) => {
      const file = (await import(`./messages/${locale}/${namespace}.json`)) as { default: unknown };
      return [namespace, file.default] as const;
    }),
  );
  return Object.fromEntries(loaded) as unknown as Messages;
}

/** Texts and the time zone of a request. Times are UTC on the server: a legal clock must read the same for everybody. */
export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale;
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale;
  return { locale, timeZone: 'UTC', messages: await loadMessages(locale) };
});
