import type { ChainReader } from '@/lib/evidence/chain-reader';
import type { AppLocale } from '@/lib/i18n/routing';
import { checkReceipt } from '../verify/check-receipt';
import { plain } from '../verify/quoted';
import { ask, deciding, readNodes, type Answer } from './ask';
import { pairUp, type Item, type Pair } from './pairs';
import { readFile } from './read-file';
import { readRegistry, readRegistryFile, type ReadRegistry } from './registry';
import { initialState, MAX_FILES, type Actions, type State } from './state';
import { verifierWords, type Words } from './words';

/** What the page around the verifier gives it. */
export interface Surroundings {
  /** @param focus where to go when the control that was used is gone */
  draw(state: State, words: Words, actions: Actions, focus: string | null): void;
  /** Reads out, without taking the focus away. */
  announce(text: string): void;
  /** @param bytes hashed so far of the file with this id */
  progress(id: number, bytes: number): void;
  readerOf(node: string, contract: string): ChainReader;
  /** Milliseconds since 1970. */
  now(): number;
  print(): void;
  /** Brings the results into view. */
  reveal(): void;
}

const NO_ANSWERS: Pick<State, 'answers' | 'receipts'> = { answers: new Map(), receipts: new Map() };

/** The program behind the page: what each act of the reader changes, and what is verified because of it. */
export class Verifier implements Actions {
  #state: State;
  #words: Words;
  #nextId = 1;
  /** Raised whenever what is being verified no longer counts. */
  #turn = 0;
  readonly #around: Surroundings;

  constructor(locale: AppLocale, around: Surroundings) {
    this.#state = initialState(locale);
    this.#words = verifierWords(locale);
    this.#around = around;
    this.#change({});
  }

  speak(locale: AppLocale): void {
    this.#words = verifierWords(locale);
    this.#change({ locale });
  }

  // What is typed is remembered and not drawn: it stands in the field already.
  paste(pasted: string): void {
    this.#state = { ...this.#state, pasted };
  }

  typeNodes(nodesText: string): void {
    this.#state = { ...this.#state, nodesText };
  }

  useRegistry(): void {
    this.#trust(readRegistry(this.#state.pasted));
  }

  useRegistryFile(file: File): void {
    void readRegistryFile(file).then((read) => this.#trust(read));
  }

  changeRegistry(): void {
    this.#turn += 1;
    this.#change({ trusted: null, ...NO_ANSWERS, asking: false }, 'descriptor');
  }

  add(files: readonly File[]): void {
    const taken = files.slice(0, MAX_FILES - this.#state.items.length);
    const added = taken.map((file) => ({
      file,
      item: { id: this.#nextId++, name: file.name, size: file.size, read: null },
    }));
    const items = [...this.#state.items, ...added.map(({ item }) => item)];
    this.#change({ items, tooMany: taken.length < files.length });
    void this.#readAll(added);
  }

  clear(): void {
    this.#turn += 1;
    this.#change({ items: [], ...NO_ANSWERS, tooMany: false, asking: false }, 'files');
  }

  askChain(): void {
    if (this.#state.asking) return;
    const read = readNodes(this.#state.nodesText);
    const { pairs } = pairUp(this.#state.items);
    if (!read.ok) return this.#change({ nodesFault: read });
    if (this.#state.trusted === null || pairs.length === 0) {
      return this.#change({ nodesFault: { code: 'nothing', line: '' } });
    }
    this.#turn += 1;
    this.#change({ nodesFault: null, asking: true });
    this.#around.announce(this.#words.own('nodes.asking'));
    void this.#answer(pairs, read.nodes);
  }

  print(): void {
    this.#around.print();
  }

  showResults(): void {
    this.#around.reveal();
  }

  #change(changed: Partial<State>, focus: string | null = null): void {
    this.#state = { ...this.#state, ...changed };
    this.#around.draw(this.#state, this.#words, this, focus);
  }

  #say(name: string, verdict: string): string {
    return this.#words.t('verify.announce', { name: plain(name), verdict });
  }

  #trust(read: ReadRegistry): void {
    if (!read.ok) {
      // What is secret does not stay on the page either.
      this.#change({ registryFault: read, ...(read.code === 'secret' ? { pasted: '' } : {}) });
      return;
    }
    this.#turn += 1;
    const { trusted } = read;
    this.#change({ trusted, registryFault: null, pasted: '', ...NO_ANSWERS, asking: false }, 'change');
    this.#around.announce(this.#words.own('trust.accepted', { origin: plain(trusted.registry.origin) }));
    this.#checkReceipts();
    void this.#answerNew();
  }

  /** One after the other, so that a slow disk is read once at a time. */
  async #readAll(added: readonly { item: Item; file: File }[]): Promise<void> {
    for (const { item, file } of added) {
      if (this.#lists(item)) await this.#readOne(item, file);
    }
    this.#checkReceipts();
    await this.#answerNew();
  }

  /** A receipt is held against the registry alone: nobody is asked. */
  #checkReceipts(): void {
    const { trusted, items, receipts } = this.#state;
    if (trusted === null) return;
    const added = items.flatMap(({ id, name, read }) =>
      read?.kind === 'receipt' && !receipts.has(id)
        ? [{ id, name, checked: checkReceipt(read.receipt, trusted.registry, this.#around.now()) }]
        : [],
    );
    if (added.length === 0) return;
    this.#change({
      receipts: new Map([...receipts, ...added.map(({ id, checked }) => [id, checked] as const)]),
    });
    const { receiptSentence } = this.#words;
    const spoken = added.map(({ name, checked: { holds, receipt } }) =>
      this.#say(name, receiptSentence(holds, receipt.entry.record)),
    );
    this.#around.announce(spoken.join(' '));
  }

  async #readOne(item: Item, file: File): Promise<void> {
    const read = await readFile(file, (bytes) => this.#around.progress(item.id, bytes));
    if (!this.#lists(item)) return;
    this.#change({ items: this.#state.items.map((one) => (one.id === item.id ? { ...one, read } : one)) });
    const { t } = this.#words;
    if (read.kind === 'secret') {
      this.#around.announce(this.#say(item.name, t(`verify.secret.${read.secret}.title`)));
    }
    if (read.kind === 'not-evidence' || read.kind === 'not-receipt') {
      const wrong = read.kind === 'not-evidence' ? 'notEvidence' : 'notReceipt';
      this.#around.announce(this.#say(item.name, t(`verify.${wrong}.title`)));
    }
  }

  #lists({ id }: Item): boolean {
    return this.#state.items.some((item) => item.id === id);
  }

  /** What has no answer yet gets the one that needs no chain. */
  #answerNew(): Promise<void> {
    const { items, answers } = this.#state;
    return this.#answer(
      pairUp(items).pairs.filter(({ key }) => !answers.has(key)),
      [],
    );
  }

  async #answer(pairs: readonly Pair[], nodes: readonly string[]): Promise<void> {
    const turn = this.#turn;
    if (this.#state.trusted === null || pairs.length === 0) return;
    const { registry } = this.#state.trusted;
    // One reader for each node: all that one press of the button gives is of one state of the chain.
    const readers = new Map(nodes.map((node) => [node, this.#around.readerOf(node, registry.contract)]));
    const answered = new Map<string, readonly Answer[]>();
    for (const pair of pairs) {
      answered.set(pair.key, await ask(pair, { registry, readers, now: this.#around.now() }));
      if (turn !== this.#turn) return;
    }
    const answers = new Map([...this.#state.answers, ...answered]);
    this.#change({ answers, ...(nodes.length > 0 ? { asking: false } : {}) });
    this.#announce(pairs, answered);
    if (nodes.length > 0) this.#around.reveal();
  }

  #announce(pairs: readonly Pair[], answers: ReadonlyMap<string, readonly Answer[]>): void {
    const spoken = pairs.flatMap(({ key, name, file }) => {
      const answer = deciding(answers.get(key) ?? []);
      if (answer === undefined) return [];
      return [this.#say(name, this.#words.sentence(answer.verification, file !== null))];
    });
    if (spoken.length > 0) this.#around.announce(spoken.join(' '));
  }
}
