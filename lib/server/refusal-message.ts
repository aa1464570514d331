import { createTranslator } from 'next-intl';
import { routing, type AppLocale } from '@/lib/i18n/routing';
import type { Refusal } from '@/lib/procedure/refusal';

const TEXTS: Record<AppLocale, () => Promise<Record<'acts' | 'common' | 'errors', object>>> = {
  en: async () => ({
    acts: (await import('@/lib/i18n/messages/en/acts.json')).default,
    common: (await import('@/lib/i18n/messages/en/common.json')).default,
    errors: (await import('@/lib/i18n/messages/en/errors.json')).default,
  }),
  zh: async () => ({
    acts: (await import('@/lib/i18n/messages/zh/acts.json')).default,
    common: (await import('@/lib/i18n/messages/zh/common.json')).default,
    errors: (await import('@/lib/i18n/messages/zh/errors.json')).default,
  }),
};

/** The reader's language by RFC 9110 §12.5.4, among those that we have. */
export function preferredLocale(acceptLanguage: string | null): AppLocale {
  const wanted = (acceptLanguage ?? '')
    .slice(0, 1000)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const q = parameters.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find((value) => value !== undefined);
      return { language: tag.split('-')[0], weight: q === undefined ? 1 : Number(q) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  const found = wanted.flatMap(({ language }) => routing.locales.filter((locale) => locale === language));
  return found[0] ?? routing.defaultLocale;
}

type Lookup = (key: string, values?: Record<string, string>) => string;

/** The sentence of a refusal, for machines that show it to people. A code without a sentence answers with itself. */
export async function refusalMessage(refusal: Refusal, locale: AppLocale): Promise<string> {
  const messages = await TEXTS[locale]();
  const translate = createTranslator({
    locale,
    messages,
    onError: () => undefined,
    getMessageFallback: ({ key }) => key.split('.').at(-1) ?? key,
  }) as unknown as Lookup;
  const { code, params = {} } = refusal;
  const list = new Intl.ListFormat(locale);
  const phase = (name: string) => translate(`common.phases.${name}`);
  const sentence = translate(`errors.${code}`, {
    act: params.act ? translate(`acts.${params.act}.name`) : '',
    phase: params.phase ? phase(params.phase) : '',
    allowed: list.format((params.allowed ?? []).map(phase)),
    roles: list.format((params.roles ?? []).map((role) => translate(`common.roles.${role}`))),
    at: params.at?.replace('T', ' ').replace('.000Z', ' UTC') ?? '',
    path: params.path ?? '',
    detail: params.detail ?? '',
  });
  if (!params.sentence || !params.article) return sentence;
  return `${sentence} ${translate('errors.rule', { article: params.article, sentence: params.sentence[locale] })}`;
}
