import { languageNames, languageTags, routing } from '@/lib/i18n/routing';
import { plain } from '../verify/quoted';
import { button, notice } from './controls';
import { h, on, type Child } from './dom';
import { pairUp } from './pairs';
import { receiptView } from './receipt-view';
import { resultCard } from './result-card';
import { resultView } from './result-view';
import { filesSection, nodesSection, registrySection } from './sections';
import type { Actions, State } from './state';
import type { Words } from './words';

/** The whole page, as the state is. */
export function drawPage(state: State, words: Words, actions: Actions): HTMLElement[] {
  const { own } = words;
  return [
    header(state, actions),
    h(
      'main',
      { class: 'page flex flex-1 flex-col gap-8 py-8 sm:py-12' },
      h(
        'div',
        { class: 'flex flex-col gap-3' },
        h('h1', { class: 'text-2xl sm:text-3xl' }, own('title')),
        h('p', { class: 'max-w-measure text-lg text-ink-soft' }, own('lead')),
      ),
      registrySection(state, words, actions),
      filesSection(state, words, actions),
      nodesSection(state, words, actions),
      results(state, words, actions),
    ),
    h(
      'footer',
      { 'data-print': 'hide', class: 'border-t border-line' },
      h('p', { class: 'page py-5 text-sm text-ink-soft' }, own('footer')),
    ),
  ];
}

function header({ locale }: State, actions: Actions): HTMLElement {
  const others = routing.locales.filter((other) => other !== locale);
  return h(
    'header',
    { 'data-print': 'hide', class: 'border-b border-line bg-surface' },
    h(
      'div',
      { class: 'page flex flex-wrap items-center justify-between gap-x-6 py-2' },
      h('span', { class: 'font-semibold' }, 'Tenderproof'),
      ...others.map((other) =>
        on(
          h(
            'button',
            {
              id: 'language',
              type: 'button',
              lang: languageTags[other],
              class: 'min-h-11 cursor-pointer px-1 text-accent underline-offset-4 hover:underline',
            },
            languageNames[other],
          ),
          'click',
          () => actions.speak(other),
        ),
      ),
    ),
  );
}

function results(state: State, words: Words, actions: Actions): HTMLElement | null {
  const { t } = words;
  const cards = resultCards(state, words);
  const notes = resultNotes(state, words);
  if (cards.length + notes.length === 0) return null;
  return h(
    'section',
    { 'aria-labelledby': 'results', class: 'flex flex-col gap-5 border-t border-line pt-6' },
    h('h2', { id: 'results', class: 'scroll-mt-4 text-xl' }, t('verify.results')),
    ...notes,
    cards.length === 0 ? null : h('div', { class: 'flex flex-col gap-6' }, ...cards),
    cards.length === 0
      ? null
      : h(
          'p',
          { 'data-print': 'hide' },
          button('print', t('verify.print'), () => actions.print()),
        ),
  );
}

function resultCards({ items, answers, receipts }: State, words: Words): HTMLElement[] {
  const evidence = pairUp(items).pairs.map((pair) => resultView(pair, answers.get(pair.key) ?? [], words));
  const promises = items.map((item) => {
    const checked = receipts.get(item.id);
    return checked === undefined ? null : receiptView(item, checked, words);
  });
  return [...evidence, ...promises].flatMap((view) => (view === null ? [] : [resultCard(view, words)]));
}

/** Why there is no verdict yet, or none for a document. */
function resultNotes({ items, trusted }: State, { own }: Words): Child[] {
  const { pairs, orphans } = pairUp(items);
  const receipts = items.filter(({ read }) => read?.kind === 'receipt').length;
  if (trusted === null && pairs.length + receipts > 0) return [notice('info', own('files.needsRegistry'))];
  return orphans.map(({ name = '', sha256 }) =>
    pairs.length === 0
      ? notice('info', plain(name), h('p', {}, own('files.needsEvidence')))
      : h(
          'div',
          { 'data-orphan': '' },
          notice(
            'bad',
            own('files.orphan', { name: plain(name) }),
            h('p', { class: 'break-words' }, own('files.orphanBody', { sha256 })),
          ),
        ),
  );
}
