import { createTranslator } from 'next-intl';
import type { ChainReport } from '@/lib/browser/verify/agreeing-reader';
import type { Step } from '@/lib/evidence/step';
import type { VerdictFacts, Verification } from '@/lib/evidence/verify';
import commonEn from '@/lib/i18n/messages/en/common.json';
import verifyEn from '@/lib/i18n/messages/en/verify.json';
import commonZh from '@/lib/i18n/messages/zh/common.json';
import verifyZh from '@/lib/i18n/messages/zh/verify.json';
import { STAGES } from '@/lib/record/record';

const MESSAGES = {
  en: { verify: verifyEn, common: commonEn },
  zh: { verify: verifyZh, common: commonZh },
};

const MARKS: Record<Step['outcome'], string> = { pass: '✓', fail: '✗', skipped: '·' };

/** What the page /verify says, in lines for a terminal. */
export function verifyWords(locale: 'en' | 'zh') {
  const t = createTranslator({ locale, messages: MESSAGES[locale] as typeof MESSAGES.en });

  /** Out of evidence that may be forged: what has no words of ours is quoted as it is, without control characters. */
  const known = (key: string, value: string): string =>
    t.has(key as 'verify.title') ? t(key as 'verify.title') : plain(value);
  const typeOf = (type: string): string =>
    type !== 'other' && t.has(`verify.type.${type}` as 'verify.type.award')
      ? t(`verify.type.${type}` as 'verify.type.award')
      : t('verify.type.other', { type: plain(type) });

  const sentence = ({ verdict: { outcome, facts } }: Verification, withFile: boolean): string => {
    const about = withFile ? 'file' : 'record';
    if (facts === null || outcome === 'refuted') return t(`verify.verdict.refuted.${about}`);
    const role = known(`verify.role.${facts.role}`, facts.role);
    return t(`verify.verdict.${outcome}.${about}`, { record: typeOf(facts.type), role });
  };

  const factLines = (facts: VerdictFacts): string[] => {
    const stage = STAGES[facts.stage ?? -1];
    const stageName = stage === undefined ? String(facts.stage) : t(`common.stage.${stage}`);
    const { documentTitle, demonstration, signed } = facts;
    return [
      ...(documentTitle === null ? [] : [t('verify.verdict.document', { title: plain(documentTitle) })]),
      facts.stage === null || facts.ocid === null
        ? t('verify.verdict.whole')
        : t('verify.verdict.where', { stage: stageName, ocid: plain(facts.ocid) }),
      t.markup('verify.verdict.filed', {
        time: () => plain(facts.time),
        organization: plain(facts.organization),
      }),
      t(demonstration ? 'verify.verdict.demonstration' : `verify.verdict.${signed ? 'signed' : 'unsigned'}`),
      ...(facts.earlierRound ? [t('verify.verdict.earlierRound')] : []),
    ];
  };

  const stepLines = (step: Step, number: number): string[] => [
    `${MARKS[step.outcome]} ${number}. ${t(`verify.step.${step.id}`)}`,
    `     ${t(`verify.code.${step.code}`)}`,
    ...(step.outcome === 'fail' ? step.compared : []).flatMap(({ what, expected, found }) => [
      `     ${t(`verify.compared.${what}`)}`,
      `       ${t('verify.steps.expected')}: ${plain(expected) || '–'}`,
      `       ${t('verify.steps.found')}: ${plain(found) || '–'}`,
    ]),
  ];

  const lines = (verification: Verification, withFile: boolean): string[] => {
    const { facts, outcome } = verification.verdict;
    return [
      sentence(verification, withFile),
      ...(facts === null || outcome === 'refuted' ? [] : factLines(facts).map((line) => `  ${line}`)),
      ...verification.steps.flatMap((step, at) => stepLines(step, at + 1)).map((line) => `  ${line}`),
      ...(outcome === 'refuted' ? [] : [t('verify.verdict.meaning')]),
    ];
  };

  return { lines, nodeLines: (report: ChainReport) => nodeLines(report, t('verify.nodes.disagree')) };
}

/** What each node said, where they did not all say the same. */
function nodeLines({ question, nodes }: ChainReport, disagree: string): string[] {
  const said = nodes.flatMap(({ name, fault, answer }) => {
    const words = fault ?? answer;
    return words === null ? [] : [`  ${name}: ${plain(words)}`];
  });
  return [...(question === null ? [] : [disagree]), ...said];
}

/** Escape sequences in a title must not move a terminal's cursor over the verdict. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{fffd}');
}
