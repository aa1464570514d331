import { decisiveStep } from '../verify/evidence-words';
import { isForReader, type Step, type StepCode } from '@/lib/evidence/step';
import type { VerdictOutcome, Verification } from '@/lib/evidence/verify';
import { deciding, nodeNames, type Answer } from './ask';
import { merklePath } from './merkle-path';
import type { Pair } from './pairs';
import type { Words } from './words';

export interface StepView {
  readonly id: string;
  readonly title: string;
  readonly outcome: Step['outcome'];
  readonly reason: string;
  readonly compared: readonly SidesView[];
  /** Whether what was compared is shown without being asked for. */
  readonly open: boolean;
}

export interface SidesView {
  readonly what: string;
  /** Null: there was nothing to hold it against. */
  readonly expected: string | null;
  readonly found: string;
}

/** Everything that a card says, in words. `promised`: a receipt that holds. */
export interface ResultView {
  readonly key: string;
  readonly name: string;
  readonly outcome: VerdictOutcome | 'promised';
  readonly sentence: string;
  /** What keeps the verdict from being better. */
  readonly why: string | null;
  readonly facts: readonly string[];
  /** What a verdict does not mean. */
  readonly meaning: string | null;
  /** Why the chain says nothing here. */
  readonly notAsked: string | null;
  readonly nodes: readonly string[];
  readonly disagreement: string | null;
  readonly stepsTitle: string;
  readonly steps: readonly StepView[];
  readonly path: { readonly caption: string; readonly rows: readonly PathRow[] } | null;
}

export interface PathRow {
  readonly label: string;
  readonly hash: string;
}

/** @param answers at least one: what verifying the pair gave, by each node */
export function resultView(pair: Pair, answers: readonly Answer[], words: Words): ResultView | null {
  const answer = deciding(answers);
  if (answer === undefined) return null;
  const { verification } = answer;
  const { outcome, facts } = verification.verdict;
  const refuted = outcome === 'refuted';
  const decisive = decisiveStep(verification);
  return {
    key: pair.key,
    name: pair.name,
    outcome,
    sentence: words.sentence(verification, pair.file !== null),
    why: decisive === undefined ? null : words.reason(decisive.code),
    facts: facts === null || refuted ? [] : words.factLines(facts),
    // Without the chain nothing is proven, so there is nothing to narrow down.
    meaning: refuted || outcome === 'unchecked' ? null : words.t('verify.verdict.meaning'),
    notAsked: answer.node === null && !refuted ? words.own('nodes.notAsked') : null,
    ...nodeLines(answers, answer, words),
    stepsTitle: words.t('verify.steps.title'),
    steps: verification.steps.map((step) => stepView(step, words)),
    path: pathView(pair, verification, words),
  };
}

function stepView(step: Step, words: Words): StepView {
  const { id, outcome, code, compared } = step;
  return {
    id,
    title: words.t(`verify.step.${id}`),
    outcome,
    reason: words.reason(code),
    compared: compared.map((one) => ({
      ...words.compared(one),
      ...(one.expected === '' ? { expected: null } : {}),
    })),
    open: isForReader(step),
  };
}

function nodeLines(
  answers: readonly Answer[],
  worst: Answer,
  words: Words,
): Pick<ResultView, 'nodes' | 'disagreement'> {
  const asked = answers.flatMap(({ node, verification }) => (node === null ? [] : [{ node, verification }]));
  const names = nodeNames(asked.map(({ node }) => node));
  const nodes = asked.map(({ verification }, at) => {
    const { says, code } = nodeWord(verification.steps);
    const reason = code === null ? '' : words.reason(code);
    return words.own(`nodes.says.${says}`, { node: names[at] ?? '', reason });
  });
  const outcomes = new Set(answers.map(({ verification }) => verification.verdict.outcome));
  const node = names[answers.indexOf(worst)] ?? '';
  return { nodes, disagreement: outcomes.size > 1 ? words.own('nodes.disagree', { node }) : null };
}

type Says = 'confirms' | 'awaits' | 'contradicts' | 'silent' | 'foreign' | 'beside';

/** What only a chain can have contradicted. */
const BY_CHAIN: ReadonlySet<StepCode> = new Set<StepCode>([
  ...(['contract-code-differs', 'anchor-not-on-chain', 'anchor-differs', 'block-differs'] as const),
  ...(['stage-not-on-chain', 'stage-differs', 'not-below-stage-anchor'] as const),
  ...(['stage-before-its-anchor', 'notice-not-published', 'award-not-announced', 'bid-after-due'] as const),
  'state-of-another-block',
  'node-contradicts-itself',
]);
const AWAITED: ReadonlySet<StepCode> = new Set<StepCode>([
  ...(['not-anchored-yet', 'awaiting-confirmations', 'stage-open'] as const),
  ...(['stage-closed-since', 'tender-not-open-yet'] as const),
]);

/** What a node itself said, whatever else fails. */
export function nodeWord(steps: readonly Step[]): { readonly says: Says; readonly code: StepCode | null } {
  const find = (codes: ReadonlySet<StepCode>): StepCode | undefined =>
    steps.find(({ code }) => codes.has(code))?.code;
  const contradicted = find(BY_CHAIN);
  if (contradicted !== undefined) return { says: 'contradicts', code: contradicted };
  const codes = new Set(steps.map(({ code }) => code));
  if (codes.has('chain-is-another')) return { says: 'foreign', code: null };
  if (codes.has('chain-unavailable')) return { says: 'silent', code: null };
  const awaited = find(AWAITED);
  if (awaited !== undefined) return { says: 'awaits', code: awaited };
  return { says: codes.has('anchor-on-chain') ? 'confirms' : 'beside', code: null };
}

function pathView({ evidence }: Pair, { commitment }: Verification, { t, own }: Words): ResultView['path'] {
  const path = commitment === null ? null : merklePath(evidence, commitment);
  if (path === null) return null;
  const { index, treeSize } = evidence.log;
  const last = path.steps.length - 1;
  return {
    caption: t('verify.path.caption', { index, size: treeSize, count: path.steps.length }),
    rows: [
      { label: own('path.leaf'), hash: path.leaf },
      ...path.steps.flatMap(({ side, sibling, result }, at) => [
        { label: own(`path.${side}`), hash: sibling },
        { label: own(at === last ? 'path.root' : 'path.gives'), hash: result },
      ]),
    ],
  };
}
