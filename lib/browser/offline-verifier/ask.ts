import { worstOf } from '../verify/evidence-words';
import type { ChainReader } from '@/lib/evidence/chain-reader';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { verifyEvidence, type Verification } from '@/lib/evidence/verify';
import type { Pair } from './pairs';

/** What verifying gave, by the word of one node. */
export interface Answer {
  /** Null: no node was asked. */
  readonly node: string | null;
  readonly verification: Verification;
}

export interface AskWorld {
  readonly registry: RegistryDescriptor;
  /** By the address of its node; none to verify without the chain. */
  readonly readers: ReadonlyMap<string, ChainReader>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** More nodes than this add nothing but waiting. */
export const MAX_NODES = 8;

/** Verifies one pair: by itself, or once with every node, each of which forms its own view of the chain. */
export function ask({ evidence, file }: Pair, { registry, readers, now }: AskWorld): Promise<Answer[]> {
  const asked: readonly (readonly [string | null, ChainReader | null])[] =
    readers.size > 0 ? [...readers] : [[null, null]];
  return Promise.all(
    asked.map(async ([node, chain]) => {
      const question = { evidence, registry, chain, now };
      return { node, verification: await verifyEvidence(file === null ? question : { ...question, file }) };
    }),
  );
}

/** The answer that counts: every node must agree, so it is the worst. */
export function deciding(answers: readonly Answer[]): Answer | undefined {
  return worstOf(answers);
}

export type ReadNodes =
  | { readonly ok: true; readonly nodes: readonly string[] }
  | { readonly ok: false; readonly code: 'none' | 'too-many' | 'invalid'; readonly line: string };

/** Reads addresses of nodes, one a line; the same twice is one. */
export function readNodes(text: string): ReadNodes {
  const lines = text
    .split(/\s+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const invalid = lines.find((line) => !isNodeUrl(line));
  if (invalid !== undefined) return { ok: false, code: 'invalid', line: invalid.slice(0, 200) };
  const nodes = [...new Set(lines)];
  if (nodes.length === 0) return { ok: false, code: 'none', line: '' };
  return nodes.length > MAX_NODES ? { ok: false, code: 'too-many', line: '' } : { ok: true, nodes };
}

/** Browsers refuse to ask an address that names a user, which would read as a node that is away. */
function isNodeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return ['http:', 'https:'].includes(protocol) && username === '' && password === '';
}

/**
 * Names for nodes that may be printed and shown around: the path of an address is often the reader's own key to it.
 * Those on one host are numbered.
 */
export function nodeNames(nodes: readonly string[]): string[] {
  const hosts = nodes.map((node) => new URL(node).host);
  return hosts.map((host, at) => {
    const same = hosts.filter((other) => other === host).length;
    return same === 1 ? host : `${host} (${hosts.slice(0, at + 1).filter((other) => other === host).length})`;
  });
}
