import type { ChainReport } from '@/lib/browser/verify/agreeing-reader';
import { evidenceWords } from '@/lib/browser/verify/evidence-words';
import { plain } from '@/lib/browser/verify/quoted';
import { isForReader, type Step } from '@/lib/evidence/step';
import type { Verification } from '@/lib/evidence/verify';

const MARKS: Record<Step['outcome'], string> = { pass: '✓', fail: '✗', skipped: '·' };

/** What the page /verify says, in lines for a terminal. */
export function verifyWords(locale: 'en' | 'zh') {
  const { t, sentence, factLines, compared } = evidenceWords(locale);

  const stepLines = (step: Step, number: number): string[] => [
    `${MARKS[step.outcome]} ${number}. ${t(`verify.step.${step.id}`)}`,
    `     ${t(`verify.code.${step.code}`)}`,
    ...(isForReader(step) ? step.compared : []).flatMap((one) => {
      const { what, expected, found } = compared(one);
      return [
        `     ${what}`,
        // Nothing was expected of what is for the reader to compare.
        ...(step.outcome === 'fail' ? [`       ${t('verify.steps.expected')}: ${expected}`] : []),
        `       ${t('verify.steps.found')}: ${found}`,
      ];
    }),
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
