import type { CheckedReceipt } from '../verify/check-receipt';
import type { AppLocale } from '@/lib/i18n/routing';
import type { Answer, ReadNodes } from './ask';
import type { Item } from './pairs';
import type { ReadRegistry, TrustedRegistry } from './registry';

/** Why the chain was not asked; `nothing`: there is nothing to ask it about. */
export type NodesFault = Exclude<ReadNodes, { ok: true }> | { readonly code: 'nothing'; readonly line: '' };

/** All that the page knows. It lives in memory alone. */
export interface State {
  readonly locale: AppLocale;
  /** What stands in the field, while no description was accepted. */
  readonly pasted: string;
  readonly trusted: TrustedRegistry | null;
  readonly registryFault: Exclude<ReadRegistry, { ok: true }> | null;
  readonly items: readonly Item[];
  /** Files were left out: there were too many. */
  readonly tooMany: boolean;
  readonly nodesText: string;
  readonly nodesFault: NodesFault | null;
  readonly asking: boolean;
  /** By the key of the pair. */
  readonly answers: ReadonlyMap<string, readonly Answer[]>;
  /** By the id of the file. */
  readonly receipts: ReadonlyMap<number, CheckedReceipt>;
}

/** More files than this are no citizen's, and a list that nobody reads. */
export const MAX_FILES = 200;

export const initialState = (locale: AppLocale): State => ({
  locale,
  pasted: '',
  trusted: null,
  registryFault: null,
  items: [],
  tooMany: false,
  nodesText: '',
  nodesFault: null,
  asking: false,
  answers: new Map(),
  receipts: new Map(),
});

/** What the reader can do. */
export interface Actions {
  speak(locale: AppLocale): void;
  paste(text: string): void;
  useRegistry(): void;
  useRegistryFile(file: File): void;
  changeRegistry(): void;
  add(files: readonly File[]): void;
  clear(): void;
  typeNodes(text: string): void;
  askChain(): void;
  print(): void;
  showResults(): void;
}
