import { languageTags } from '@/lib/i18n/routing';
import { chainReader } from '../verify/chain-reader';
import { h } from './dom';
import { drawPage } from './page';
import { progressId } from './sections';
import { Verifier, type Surroundings } from './verifier';

// The offline verifier: one page, opened from the disk. Nothing is stored, and nothing is sent but to the nodes that its
// reader names.

/** Draws the page anew, and leaves the reader where he was: at the same control, with the same things unfolded. */
function redraw(page: HTMLElement, drawn: readonly HTMLElement[], focus: string | null): void {
  const unfolded = [...page.querySelectorAll('details[open]')].map(({ id }) => id);
  const before = page.contains(document.activeElement) ? document.activeElement?.id : undefined;
  page.replaceChildren(...drawn);
  for (const id of unfolded) document.getElementById(id)?.setAttribute('open', '');
  const there = document.getElementById(before ?? '') ?? document.getElementById(focus ?? '');
  there?.focus({ preventScroll: before === there?.id });
}

function surroundings(page: HTMLElement, spoken: HTMLElement): Surroundings {
  return {
    draw(state, words, actions, focus) {
      document.documentElement.lang = languageTags[state.locale];
      document.title = words.own('title');
      redraw(page, drawPage(state, words, actions), focus);
    },
    announce: (text) => void (spoken.textContent = text),
    progress(id, bytes) {
      document.getElementById(progressId(id))?.setAttribute('value', String(bytes));
    },
    readerOf: chainReader,
    now: Date.now,
    print: () => window.print(),
    reveal: () => document.getElementById('results')?.scrollIntoView(),
  };
}

/** A file that misses the field must not take the place of the page, and all that was done on it. */
function keepPage(): void {
  for (const type of ['dragover', 'drop']) addEventListener(type, (event) => event.preventDefault());
}

/** On paper nothing can be unfolded: whatever is folded is opened first. */
function unfoldForPrint(page: HTMLElement): void {
  addEventListener('beforeprint', () => {
    for (const details of page.querySelectorAll('details')) details.open = true;
  });
}

const root = document.getElementById('verifier');
if (root !== null) {
  const page = h('div', { class: 'flex flex-1 flex-col' });
  const spoken = h('p', { role: 'status', 'aria-live': 'polite', class: 'sr-only' });
  root.replaceChildren(page, spoken);
  keepPage();
  unfoldForPrint(page);
  new Verifier(navigator.language.startsWith('zh') ? 'zh' : 'en', surroundings(page, spoken));
}
