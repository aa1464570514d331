import { h, on, sign, type Child } from './dom';

const BUTTON =
  'inline-flex min-h-11 cursor-pointer items-center justify-center rounded-md border px-5 py-2 text-center font-semibold leading-tight';
const BUTTONS = {
  primary: `${BUTTON} border-accent bg-accent text-accent-ink hover:bg-accent-strong`,
  secondary: `${BUTTON} border-line-strong bg-surface text-ink hover:border-accent hover:text-accent`,
};

export function button(
  id: string,
  label: string,
  onClick: () => void,
  look: keyof typeof BUTTONS = 'secondary',
): HTMLElement {
  return on(h('button', { id, type: 'button', class: BUTTONS[look] }, label), 'click', onClick);
}

export type Tone = 'ok' | 'info' | 'warn' | 'bad';

const TONES: Record<Tone, { box: string; colour: string; path: string }> = {
  ok: { box: 'border-ok bg-ok-soft', colour: 'text-ok', path: 'M4.5 10.6 8.4 14.2 15.5 6' },
  info: { box: 'border-accent bg-accent-soft', colour: 'text-accent', path: 'M10 9v6.5M10 4.5v1.2' },
  warn: { box: 'border-warn bg-warn-soft', colour: 'text-warn', path: 'M10 4v8M10 15v1' },
  bad: { box: 'border-bad bg-bad-soft', colour: 'text-bad', path: 'M5.5 5.5l9 9M14.5 5.5l-9 9' },
};

/** A banner: the one thing to know, and what belongs to it. */
export function notice(tone: Tone, title: Child, ...children: readonly Child[]): HTMLElement {
  const { box, colour, path } = TONES[tone];
  return h(
    'div',
    { class: `flex gap-3 rounded-md border-l-4 px-4 py-3.5 ${box}` },
    sign(path, null, `mt-1 size-5 shrink-0 ${colour}`),
    h(
      'div',
      { class: 'min-w-0' },
      title === null ? null : h('p', { class: 'font-semibold' }, title),
      ...children,
    ),
  );
}

interface FieldText {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly error: string | null;
}

interface TextAreaOptions extends FieldText {
  readonly value: string;
  readonly rows: number;
  readonly onInput: (value: string) => void;
}

/** Several lines of text with label, hint and error. */
export function textArea({ value, rows, onInput, ...text }: TextAreaOptions): HTMLElement {
  const area = h('textarea', {
    ...fieldAttributes(text),
    rows: String(rows),
    class: 'control font-mono text-sm',
    spellcheck: 'false',
    autocomplete: 'off',
  });
  area.value = value;
  on(area, 'input', () => onInput(area.value));
  return h('div', { class: fieldClass(text) }, ...fieldNotes(text), area);
}

interface FileDropOptions extends FieldText {
  readonly choose: string;
  readonly drop: string;
  readonly multiple: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Takes files by drop, by mouse and by keyboard. */
export function fileDrop({ choose, drop, multiple, onFiles, ...text }: FileDropOptions): HTMLElement {
  const input = h('input', {
    ...fieldAttributes(text),
    type: 'file',
    class: 'absolute inset-0 size-full cursor-pointer opacity-0',
  });
  input.multiple = multiple;
  const hand = (list: FileList | null | undefined): void => {
    const files = [...(list ?? [])];
    if (files.length > 0) onFiles(multiple ? files : files.slice(0, 1));
  };
  on(input, 'change', () => {
    hand(input.files);
    // The same file may be chosen again after it was changed.
    input.value = '';
  });
  const zone = h(
    'div',
    {
      class:
        'relative flex min-h-28 flex-col items-center justify-center gap-1 rounded-lg border-2 border-dashed border-line-strong bg-surface p-4 text-center hover:border-accent has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
    },
    input,
    h('span', { class: 'link font-semibold' }, choose),
    h('span', { class: 'text-sm text-ink-soft' }, drop),
  );
  on(zone, 'dragover', (event) => event.preventDefault());
  on(zone, 'drop', (event) => {
    event.preventDefault();
    hand(event.dataTransfer?.files);
  });
  return h('div', { class: fieldClass(text) }, ...fieldNotes(text), zone);
}

function fieldAttributes({ id, hint, error }: FieldText): { id: string } & Record<`aria-${string}`, string> {
  const described = [hint === '' ? null : `${id}-hint`, error === null ? null : `${id}-error`];
  return {
    id,
    'aria-describedby': described.filter((part) => part !== null).join(' '),
    'aria-invalid': String(error !== null),
  };
}

function fieldNotes({ id, label, hint, error }: FieldText): Child[] {
  return [
    h('label', { for: id, class: 'font-semibold' }, label),
    hint === '' ? null : h('p', { id: `${id}-hint`, class: 'text-sm text-ink-soft' }, hint),
    error === null ? null : h('p', { id: `${id}-error`, class: 'text-sm font-semibold text-bad' }, error),
  ];
}

const fieldClass = ({ error }: FieldText): string =>
  error === null ? 'flex flex-col gap-2' : 'flex flex-col gap-2 border-l-4 border-bad pl-4';
