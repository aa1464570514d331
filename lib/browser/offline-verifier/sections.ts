import { plain } from '../verify/quoted';
import { formatBytes } from '@/lib/i18n/format';
import { MAX_NODES } from './ask';
import { button, fileDrop, notice, textArea } from './controls';
import { h, type Child } from './dom';
import type { Item } from './pairs';
import type { TrustedRegistry } from './registry';
import { MAX_FILES, type Actions, type State } from './state';
import type { Words } from './words';

const section = (id: string, title: string, ...children: readonly Child[]): HTMLElement =>
  h(
    'section',
    { 'aria-labelledby': id, class: 'flex flex-col gap-4 border-t border-line pt-6' },
    h('h2', { id, class: 'text-xl' }, title),
    ...children,
  );

/** Step 1: whom the evidence is held against. */
export function registrySection(state: State, words: Words, actions: Actions): HTMLElement {
  const { own } = words;
  const { trusted } = state;
  return section(
    'trust',
    own('trust.title'),
    ...(trusted === null
      ? registryFields(state, words, actions)
      : [
          trustedRegistry(trusted, words),
          h(
            'p',
            { 'data-print': 'hide' },
            button('change', own('trust.change'), () => actions.changeRegistry()),
          ),
        ]),
  );
}

function registryFields(state: State, words: Words, actions: Actions): Child[] {
  const { own } = words;
  return [
    h('p', { class: 'max-w-measure' }, own('trust.why')),
    h(
      'div',
      { 'data-print': 'hide', class: 'flex max-w-measure flex-col gap-4' },
      textArea({
        id: 'descriptor',
        label: own('trust.paste'),
        hint: own('trust.pasteHint'),
        error: registryFault(state, words),
        value: state.pasted,
        rows: 6,
        onInput: (text) => actions.paste(text),
      }),
      h(
        'p',
        {},
        button('use', own('trust.use'), () => actions.useRegistry(), 'primary'),
      ),
      fileDrop({
        id: 'descriptor-file',
        label: own('trust.file'),
        hint: '',
        error: null,
        choose: own('files.choose'),
        drop: own('files.drop'),
        multiple: false,
        onFiles: ([file]) => file && actions.useRegistryFile(file),
      }),
    ),
  ];
}

function registryFault({ registryFault: fault }: State, { own, t }: Words): string | null {
  if (fault === null) return null;
  if (fault.code === 'secret') {
    return `${t(`verify.secret.${fault.secret}.title`)}. ${t(`verify.secret.${fault.secret}.body`)}`;
  }
  if (fault.code === 'empty') return own('trust.fault.empty');
  return own(`trust.fault.${fault.code}`, { detail: plain(fault.detail) });
}

function trustedRegistry(
  { registry, fingerprint, embedded }: TrustedRegistry,
  { own, t }: Words,
): HTMLElement {
  const row = (label: string, value: string): HTMLElement =>
    h(
      'div',
      { class: 'grid gap-x-4 py-1.5 sm:grid-cols-[14rem_1fr]' },
      h('dt', { class: 'text-ink-soft' }, label),
      h('dd', { class: 'min-w-0 font-mono text-sm break-all' }, value),
    );
  return h(
    'div',
    { 'data-registry': '', class: 'flex flex-col gap-3' },
    embedded ? notice('warn', t('verify.registry.embedded')) : null,
    h(
      'dl',
      { class: 'border-y border-line py-2' },
      row(t('verify.registry.origin'), plain(registry.origin)),
      row(t('verify.registry.logKey'), plain(registry.logKey)),
      row(t('verify.registry.chainId'), String(registry.chainId)),
      row(t('verify.registry.contract'), registry.contract),
      row(t('verify.registry.codeHash'), registry.codeHash),
      row(t('verify.registry.confirmations'), String(registry.confirmations)),
      row(own('trust.fingerprint'), fingerprint.replaceAll(/.{8}(?=.)/g, '$& ')),
    ),
    h('p', { class: 'max-w-measure text-sm text-ink-soft' }, own('trust.compare')),
  );
}

/** Step 2: what is to be checked. */
export function filesSection(state: State, words: Words, actions: Actions): HTMLElement {
  const { own, t } = words;
  return section(
    'files-title',
    own('files.title'),
    h(
      'div',
      { 'data-print': 'hide', class: 'max-w-measure' },
      fileDrop({
        id: 'files',
        label: own('files.label'),
        hint: own('files.hint'),
        error: state.tooMany ? own('files.tooMany', { most: MAX_FILES }) : null,
        choose: own('files.choose'),
        drop: own('files.drop'),
        multiple: true,
        onFiles: (files) => actions.add(files),
      }),
    ),
    state.items.length === 0
      ? null
      : h(
          'ul',
          { 'aria-label': own('files.list'), class: 'flex flex-col gap-2' },
          ...state.items.map((item) => fileRow(item, words)),
        ),
    state.items.length === 0
      ? null
      : h(
          'p',
          { 'data-print': 'hide', class: 'flex flex-wrap gap-3' },
          // They stand below step 3, where a reader who has dropped a file does not look.
          state.answers.size + state.receipts.size === 0
            ? null
            : button('to-results', own('files.results'), () => actions.showResults()),
          button('clear', t('verify.clear'), () => actions.clear()),
        ),
  );
}

/** While a file is hashed its bar is moved by itself: the page is not drawn anew for that. */
export const progressId = (id: number): string => `progress-${id}`;

function fileRow({ id, name, size, read }: Item, words: Words): HTMLElement {
  const { t } = words;
  const shown = plain(name);
  const kind = read?.kind ?? 'reading';
  const warned = (tone: 'warn' | 'bad', title: string, body: string): HTMLElement =>
    h('li', { 'data-file': kind }, notice(tone, `${shown}: ${title}`, h('p', {}, body)));
  if (read?.kind === 'secret') {
    const secret = `verify.secret.${read.secret}` as const;
    return warned('warn', t(`${secret}.title`), t(`${secret}.body`));
  }
  if (read?.kind === 'not-evidence' || read?.kind === 'not-receipt') {
    const wrong = read.kind === 'not-evidence' ? 'notEvidence' : 'notReceipt';
    return warned(
      'bad',
      t(`verify.${wrong}.title`),
      t(`verify.${wrong}.body`, { detail: plain(read.detail) }),
    );
  }
  return h(
    'li',
    { 'data-file': kind, class: 'text-sm break-words' },
    h('span', { class: 'font-semibold' }, shown),
    ` (${formatBytes(size, words.locale)}): ${whatIs(read, words)}`,
    read === null
      ? h('progress', {
          id: progressId(id),
          max: String(Math.max(1, size)),
          value: '0',
          class: 'block w-full',
          'aria-label': t('verify.progress.hashing', { name: shown }),
        })
      : null,
  );
}

type PlainRead = Exclude<Item['read'], { kind: 'secret' | 'not-evidence' | 'not-receipt' }>;

function whatIs(read: PlainRead, { own }: Words): string {
  if (read === null) return own('files.kind.reading');
  if (read.kind === 'document') return own('files.kind.document', { sha256: read.file.sha256 });
  return own(`files.kind.${read.kind}`);
}

/** Step 3: whom to ask about the chain. */
export function nodesSection(state: State, words: Words, actions: Actions): HTMLElement {
  const { own } = words;
  const fault = state.nodesFault;
  const error =
    fault === null ? null : own(`nodes.fault.${fault.code}`, { line: plain(fault.line), most: MAX_NODES });
  const field = h(
    'div',
    { class: 'flex max-w-measure flex-col gap-4' },
    textArea({
      id: 'nodes',
      label: own('nodes.label'),
      hint: own('nodes.hint'),
      error,
      value: state.nodesText,
      rows: 3,
      onInput: (text) => actions.typeNodes(text),
    }),
    h(
      'p',
      {},
      // The same button while it works, so that the focus stays where it is.
      button(
        'ask',
        own(state.asking ? 'nodes.asking' : 'nodes.ask'),
        () => actions.askChain(),
        state.asking ? 'secondary' : 'primary',
      ),
    ),
  );
  const whole = section('nodes-title', own('nodes.title'), field);
  whole.setAttribute('data-print', 'hide');
  return whole;
}
