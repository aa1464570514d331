import { notice, type Tone } from './controls';
import { h, sign, type Child } from './dom';
import type { ResultView, StepView } from './result-view';
import type { Words } from './words';

const TONES: Record<ResultView['outcome'], Tone> = {
  proven: 'ok',
  pending: 'info',
  promised: 'info',
  unchecked: 'warn',
  refuted: 'bad',
};

const MARKS: Record<StepView['outcome'], { path: string; colour: string }> = {
  pass: { path: 'M4.5 10.6 8.4 14.2 15.5 6', colour: 'text-ok' },
  fail: { path: 'M5.5 5.5l9 9M14.5 5.5l-9 9', colour: 'text-bad' },
  skipped: { path: 'M5 10h10', colour: 'text-ink-soft' },
};

/** One verdict: the sentence first, then why, the chain, the steps and the path. */
export function resultCard(view: ResultView, words: Words): HTMLElement {
  const { t } = words;
  return h(
    'article',
    {
      'data-verdict': view.outcome,
      class: 'flex flex-col gap-5 rounded-lg border border-line bg-surface p-4 sm:p-7',
    },
    h('h3', { class: 'text-lg break-words' }, view.name),
    notice(
      TONES[view.outcome],
      h('span', { class: 'text-lg' }, view.sentence),
      view.why === null ? null : h('p', {}, `${t('verify.verdict.why')}: ${view.why}`),
      view.facts.length === 0 ? null : list(view.facts, 'mt-1 flex flex-col gap-1'),
    ),
    view.meaning === null ? null : h('p', { class: 'max-w-measure text-ink-soft' }, view.meaning),
    ...chainPart(view, words),
    h(
      'section',
      {},
      h('h4', { class: 'mb-2 font-semibold' }, view.stepsTitle),
      h(
        'ol',
        { class: 'divide-y divide-line border-y border-line' },
        ...view.steps.map((step, at) => stepRow(view.key, step, at + 1, words)),
      ),
    ),
    pathPart(view, words),
  );
}

function chainPart({ notAsked, nodes, disagreement }: ResultView, { own }: Words): Child[] {
  return [
    notAsked === null ? null : h('p', { 'data-chain': 'not-asked', class: 'max-w-measure' }, notAsked),
    disagreement === null ? null : notice('bad', disagreement),
    nodes.length === 0
      ? null
      : h(
          'section',
          { 'data-chain': 'asked' },
          h('h4', { class: 'mb-1 font-semibold' }, own('nodes.said')),
          list(nodes, 'flex list-disc flex-col gap-1 pl-5 break-words'),
        ),
  ];
}

const list = (lines: readonly string[], classes: string): HTMLElement =>
  h('ul', { class: classes }, ...lines.map((line) => h('li', {}, line)));

function stepRow(key: string, step: StepView, number: number, { t }: Words): HTMLElement {
  const mark = MARKS[step.outcome];
  return h(
    'li',
    { 'data-step': step.id, 'data-outcome': step.outcome, class: 'flex gap-3 py-3' },
    sign(mark.path, t(`verify.steps.${step.outcome}`), `mt-1 size-5 shrink-0 ${mark.colour}`),
    h(
      'div',
      { class: 'min-w-0 flex-1' },
      h('p', { class: 'font-semibold' }, `${number}. ${step.title}`),
      step.reason === ''
        ? null
        : h(
            'p',
            { class: step.outcome === 'fail' ? 'text-sm text-bad' : 'text-sm text-ink-soft' },
            step.reason,
          ),
      step.compared.length === 0 ? null : comparedPart(key, step, t('verify.steps.compared'), t),
    ),
  );
}

function comparedPart(key: string, step: StepView, summary: string, t: Words['t']): HTMLElement {
  const side = (label: string, value: string): HTMLElement =>
    h(
      'dd',
      { class: 'font-mono break-all' },
      h('span', { class: 'font-sans text-ink-soft' }, `${label} `),
      value,
    );
  const parts = step.compared.map(({ what, expected, found }) =>
    h(
      'div',
      {},
      h('dt', { class: 'font-semibold' }, what),
      ...(expected === found
        ? [h('dd', { class: 'font-mono break-all' }, found)]
        : [
            expected === null ? null : side(t('verify.steps.expected'), expected),
            side(t('verify.steps.found'), found),
          ]),
    ),
  );
  const body = h('dl', { class: 'mt-1 flex flex-col gap-3 border-l-2 border-line pl-4 text-sm' }, ...parts);
  return folded(`${key}${step.id}`, summary, body, step.open);
}

function pathPart({ key, path }: ResultView, { t }: Words): HTMLElement | null {
  if (path === null) return null;
  const rows = path.rows.map(({ label, hash }) =>
    h(
      'li',
      { class: 'break-all' },
      h('span', { class: 'text-ink-soft' }, `${label} `),
      h('code', { class: 'font-mono' }, hash),
    ),
  );
  const body = h(
    'div',
    { class: 'mt-1 text-sm' },
    h('p', { class: 'mb-2 max-w-measure text-ink-soft' }, path.caption),
    h('ol', { class: 'flex flex-col gap-1 border-l-2 border-line pl-4' }, ...rows),
  );
  return folded(`${key}path`, t('verify.path.title'), body, false);
}

/** Folded until it is asked for, and on paper unfolded. */
function folded(id: string, summary: string, body: HTMLElement, open: boolean): HTMLElement {
  const details = h(
    'details',
    { id, class: 'mt-1' },
    h('summary', { class: 'link min-h-8 cursor-pointer py-1 text-sm' }, summary),
    body,
  );
  details.open = open;
  return details;
}
