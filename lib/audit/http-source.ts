import type * as z from 'zod';
import { TILE_WIDTH } from '@/lib/merkle/tile';
import { entriesPath, tilePath } from '@/lib/merkle/tile-path';
import type { LogSource, RegistrySource } from './sources';
import { anchorsPage, processesPage, processPage, recordsPage } from './wire';

/** Reads a path below the registry's address, at most `limit` bytes of it; null where there is nothing (404). */
export type Get = (path: string, limit: number) => Promise<Uint8Array | null>;

/** A registry that answers so cannot be audited: what it said is not what its interface is. */
export class NotAnAnswer extends Error {}

const CHECKPOINT_BYTES = 65_536;
const BINARY_BYTES = TILE_WIDTH * 34;
/** A page holds 4 MiB of entries at most, each of which JSON may write up to six times as long; and lists of leaves. */
const PAGE_BYTES = 67_108_864;
/** Pages of one list: beyond it the registry would keep an auditor busy for ever. */
const MOST_PAGES = 100_000;

export function httpLog(get: Get): LogSource {
  return {
    async checkpoint() {
      const bytes = await get('log/checkpoint', CHECKPOINT_BYTES);
      return bytes && new TextDecoder().decode(bytes);
    },
    entries: (index, width) => get(`log/${entriesPath(index, width)}`, BINARY_BYTES),
    tile: (level, index, width) => get(`log/${tilePath({ level, index, width })}`, BINARY_BYTES),
  };
}

async function readPage<S extends z.ZodType>(get: Get, path: string, schema: S): Promise<z.output<S> | null> {
  const bytes = await get(path, PAGE_BYTES);
  if (bytes === null) return null;
  try {
    return schema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (error) {
    throw new NotAnAnswer(`${path}: ${error instanceof Error ? error.message.slice(0, 300) : 'not JSON'}`);
  }
}

/** Every page of a list. A page that does not lead forward ends the reading. */
async function* pages<S extends z.ZodType<{ next: number | null }>>(get: Get, path: string, schema: S) {
  let from = 0;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const page = await readPage(get, `${path}?from=${from}`, schema);
    if (page === null) return;
    yield page;
    if (page.next === null || page.next <= from) return;
    from = page.next;
  }
  throw new NotAnAnswer(`${path} has no end`);
}

export function httpRegistry(get: Get): RegistrySource {
  return {
    async anchors(from) {
      return (await readPage(get, `api/v1/audit/anchors?from=${from}`, anchorsPage))?.anchors ?? [];
    },
    async processes() {
      const all = [];
      for await (const { processes } of pages(get, 'api/v1/audit/processes', processesPage))
        all.push(...processes.map((process) => ({ ...process, published: true })));
      return all;
    },
    async process(key) {
      const parts: z.output<typeof processPage>[] = [];
      for await (const page of pages(get, `api/v1/audit/processes/${key}`, processPage)) parts.push(page);
      const [first] = parts;
      // Under the key that was asked for: an answer about another process is found out by its ocid.
      return first ? { ...first, key, records: parts.flatMap(({ records }) => records) } : null;
    },
    async registryRecords() {
      const all = [];
      for await (const { records } of pages(get, 'api/v1/audit/registry-records', recordsPage))
        all.push(...records);
      return all;
    },
  };
}
