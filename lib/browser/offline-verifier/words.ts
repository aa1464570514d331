import { createTranslator } from 'next-intl';
import { evidenceWords } from '../verify/evidence-words';
import type { StepCode } from '@/lib/evidence/step';
import { formatDateTime } from '@/lib/i18n/format';
import verifierEn from '@/lib/i18n/messages/en/verifier.json';
import verifierZh from '@/lib/i18n/messages/zh/verifier.json';
import type { AppLocale } from '@/lib/i18n/routing';

const MESSAGES = { en: { verifier: verifierEn }, zh: { verifier: verifierZh } };

/** All texts of the verifier in one language: those of /verify, and its own. */
export function verifierWords(locale: AppLocale) {
  const own = createTranslator({
    locale,
    messages: MESSAGES[locale] as typeof MESSAGES.en,
    namespace: 'verifier',
  });
  const evidence = evidenceWords(locale, (instant) => formatDateTime(instant, locale));
  /** Where the page says what is not so here, the verifier has words of its own. */
  const reason = (code: StepCode): string => {
    const key = `code.${code}` as 'code.no-chain';
    return own.has(key) ? own(key) : evidence.t(`verify.code.${code}`);
  };
  return { ...evidence, own, reason, locale };
}

export type Words = ReturnType<typeof verifierWords>;
