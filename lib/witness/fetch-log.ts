import { MAX_NOTE_LENGTH } from '@/lib/merkle/checkpoint';
import { HASH_SIZE } from '@/lib/merkle/hash';
import { TILE_WIDTH, type TileReader } from '@/lib/merkle/tile';
import { tilePath } from '@/lib/merkle/tile-path';

/** What a log over HTTP may take before it counts as away, in milliseconds. */
const TIMEOUT = 10_000;

export class LogAway extends Error {}

/** Reads at most `limit` bytes of an answer. @throws LogAway for one that is longer */
export async function readBytes(response: Response, limit: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    size += next.value.length;
    if (size > limit) {
      await reader?.cancel();
      throw new LogAway(`${response.url} sent more than ${limit} bytes`);
    }
    pieces.push(next.value);
  }
  return Buffer.concat(pieces);
}

/** Never follows a redirection, never waits longer than the time-out. */
export async function ask(url: string, init: RequestInit, signal: AbortSignal): Promise<Response> {
  try {
    const until = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]);
    return await fetch(url, { ...init, redirect: 'manual', signal: until });
  } catch (error) {
    throw new LogAway(`${url} does not answer`, { cause: error });
  }
}

async function get(url: string, limit: number, signal: AbortSignal): Promise<Uint8Array | null> {
  const response = await ask(url, {}, signal);
  if (response.status === 404) {
    await response.body?.cancel();
    return null;
  }
  if (response.status !== 200) throw new LogAway(`${url} answered ${response.status}`);
  return readBytes(response, limit);
}

/**
 * The checkpoint that a log offers. @param after what is known already: a registry of this kind then offers first what it
 * anchors next, which matters more than the very newest; other logs take no notice.
 */
export async function fetchCheckpoint(
  base: string,
  after: number,
  signal: AbortSignal,
): Promise<string | null> {
  const bytes = await get(`${base}/log/checkpoint?after=${after}`, 3 * MAX_NOTE_LENGTH, signal);
  return bytes && new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** Tiles of a log (C2SP tlog-tiles). A partial tile may be gone once the full one exists: then the full one is read. */
export function tilesOf(base: string, signal: AbortSignal): TileReader {
  const read = (level: number, index: number, width: number) =>
    get(`${base}/log/${tilePath({ level, index, width })}`, TILE_WIDTH * HASH_SIZE, signal);
  return async (level, index, width) => {
    const bytes = (await read(level, index, width)) ?? (await read(level, index, TILE_WIDTH));
    if (!bytes) throw new LogAway(`${base} has no tile ${level}/${index}`);
    return bytes;
  };
}
