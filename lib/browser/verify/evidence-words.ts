import { createTranslator } from 'next-intl';
import { skipKind, type Comparison, type Step } from '@/lib/evidence/step';
import type { VerdictFacts, VerdictOutcome, Verification } from '@/lib/evidence/verify';
import commonEn from '@/lib/i18n/messages/en/common.json';
import verifyEn from '@/lib/i18n/messages/en/verify.json';
import commonZh from '@/lib/i18n/messages/zh/common.json';
import verifyZh from '@/lib/i18n/messages/zh/verify.json';
import type { AppLocale } from '@/lib/i18n/routing';
import { STAGES, type TenderRecord } from '@/lib/record/record';
import { isName, plain } from './quoted';

const MESSAGES = {
  en: { verify: verifyEn, common: commonEn },
  zh: { verify: verifyZh, common: commonZh },
};

const translator = (locale: AppLocale) =>
  createTranslator({ locale, messages: MESSAGES[locale] as typeof MESSAGES.en });

/** What the registry itself published, by name, version and date. */
function programSentence(
  t: ReturnType<typeof translator>,
  { name, version, date }: NonNullable<VerdictFacts['program']> & { readonly date: string },
  outcome: Exclude<VerdictOutcome, 'refuted'>,
  about: 'file' | 'record',
): string {
  const program = t(`verify.verdict.program.name.${name}`);
  const words = { about, program, version: plain(version), date };
  return t(`verify.verdict.program.${outcome}`, { what: t('verify.verdict.program.what', words) });
}

/**
 * What the page /verify says of a verification, as plain text, for programs that are no page of the site.
 * @param showTime how an instant (RFC 3339) is written
 */
export function evidenceWords(locale: AppLocale, showTime: (instant: string) => string = plain) {
  const t = translator(locale);

  /** Out of evidence that may be forged: what has no words of ours is quoted as it is, without control characters. */
  const known = (key: string, value: string): string =>
    isName(value) && t.has(key as 'verify.title') ? t(key as 'verify.title') : plain(value);
  const typeOf = (type: string): string =>
    type !== 'other' && isName(type) && t.has(`verify.type.${type}` as 'verify.type.award')
      ? t(`verify.type.${type}` as 'verify.type.award')
      : t('verify.type.other', { type: plain(type) });

  const sentence = ({ verdict: { outcome, facts } }: Verification, withFile: boolean): string => {
    const about = withFile ? 'file' : 'record';
    if (facts === null || outcome === 'refuted') return t(`verify.verdict.refuted.${about}`);
    if (facts.program !== null)
      return programSentence(t, { ...facts.program, date: showTime(facts.time) }, outcome, about);
    const role = known(`verify.role.${facts.role}`, facts.role);
    return t(`verify.verdict.${outcome}.${about}`, { record: typeOf(facts.type), role });
  };

  const receiptSentence = (holds: boolean, { type, actor }: TenderRecord): string =>
    holds
      ? t('verify.receipt.holds', {
          record: typeOf(type),
          role: known(`verify.role.${actor.role}`, actor.role),
        })
      : t('verify.receipt.refuted');

  const placeLine = (stage: number | null, ocid: string | null): string => {
    if (stage === null || ocid === null) return t('verify.verdict.whole');
    const name = STAGES[stage];
    const shown = name === undefined ? String(stage) : t(`common.stage.${name}`);
    return t('verify.verdict.where', { stage: shown, ocid: plain(ocid) });
  };
  const filedLine = (instant: string, organization: string): string =>
    t.markup('verify.verdict.filed', {
      time: () => showTime(instant),
      organization: plain(organization),
    });

  const factLines = (facts: VerdictFacts): string[] => {
    const { documentTitle, demonstration, signed } = facts;
    return [
      ...(documentTitle === null ? [] : [t('verify.verdict.document', { title: plain(documentTitle) })]),
      placeLine(facts.stage, facts.ocid),
      filedLine(facts.time, facts.organization),
      t(demonstration ? 'verify.verdict.demonstration' : `verify.verdict.${signed ? 'signed' : 'unsigned'}`),
      ...(facts.earlierRound ? [t('verify.verdict.earlierRound')] : []),
    ];
  };

  const compared = ({ what, expected, found }: Comparison) => ({
    what: t(`verify.compared.${what}`),
    expected: plain(expected) || '–',
    found: plain(found) || '–',
  });

  return { t, sentence, receiptSentence, factLines, placeLine, filedLine, compared };
}

export type EvidenceWords = ReturnType<typeof evidenceWords>;

/** The first step that keeps the verdict from being better; undefined when it is as good as can be. */
export function decisiveStep({ steps, verdict }: Verification): Step | undefined {
  if (verdict.outcome === 'refuted') return steps.find(({ outcome }) => outcome === 'fail');
  return steps.find((step) => skipKind(step) === verdict.outcome);
}

/** From the worst to the best: what is refuted once is refuted, and every node must agree. */
const ORDER: readonly VerdictOutcome[] = ['refuted', 'unchecked', 'pending', 'proven'];

/** The answer that decides among those of several nodes; undefined where there is none. */
export function worstOf<A extends { readonly verification: Verification }>(
  answers: readonly A[],
): A | undefined {
  const rank = ({ verification }: A): number => ORDER.indexOf(verification.verdict.outcome);
  return [...answers].sort((a, b) => rank(a) - rank(b))[0];
}
