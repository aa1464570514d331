import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { agreeingReader, type ReportingReader } from './agreeing-reader';
import { readerOver } from './chain-reader';
import { jsonRpc } from './json-rpc';

/**
 * A reader of the registry's contract through all of these nodes; null when none is named. Make a new one for each
 * verification: it remembers every answer.
 */
export function askNodes(
  urls: readonly string[],
  { contract, confirmations }: RegistryDescriptor,
  fetcher?: typeof fetch,
): ReportingReader | null {
  if (urls.length === 0) return null;
  const nodes = [...new Set(urls)].map((name) => {
    const rpc = jsonRpc(name, fetcher);
    return { name, read: (at: number | 'latest') => readerOver(rpc, contract, at) };
  });
  return agreeingReader(nodes, confirmations);
}

export interface NamedNodes {
  readonly urls: readonly string[];
  /** Lines that are no address of a node. */
  readonly unusable: readonly string[];
}

/** Reads addresses of nodes, one a line. */
export function readNodes(text: string): NamedNodes {
  const lines = text.split(/\s+/).filter((line) => line !== '');
  const usable = lines.filter(isNodeUrl);
  return {
    urls: [...new Set(usable)],
    unusable: lines.filter((line) => !isNodeUrl(line)),
  };
}

function isNodeUrl(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}
