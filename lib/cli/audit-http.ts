import { setTimeout as sleep } from 'node:timers/promises';
import type { Get } from '@/lib/audit/http-source';
import { CannotAudit } from './audit-options';

const TIMEOUT_MS = 60_000;
const ATTEMPTS = 4;
/** Requests under way at the same time. */
const TOGETHER = 24;
const WAIT_MS = 500;
/** Longest that a registry may make us wait when it is asked too often. */
const MOST_WAIT_MS = 65_000;

class TryAgain extends Error {
  readonly wait: number;
  constructor(message: string, wait = 0) {
    super(message);
    this.wait = wait;
  }
}

/** Reads at most `limit` bytes: what the header says of the length is not believed. */
async function readBody(response: Response, limit: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    size += next.value.length;
    if (size > limit) {
      await reader?.cancel();
      throw new CannotAudit(`${response.url} answers more than ${limit} bytes: this is not a registry.`);
    }
    pieces.push(next.value);
  }
  return Buffer.concat(pieces);
}

async function once(url: string, limit: number): Promise<Uint8Array | null> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (response.ok) return readBody(response, limit);
  await response.body?.cancel();
  if (response.status === 404) return null;
  const after = Number(response.headers.get('retry-after') ?? 0) * 1000;
  if (response.status === 429 || response.status >= 500)
    throw new TryAgain(`HTTP ${response.status}`, Math.min(after || 0, MOST_WAIT_MS));
  throw new CannotAudit(`${url} answers HTTP ${response.status}: check --url.`);
}

/** Reads below `base`, a bounded number of requests at a time, each a few times before giving up. */
export function httpGet(base: string): Get {
  let free = TOGETHER;
  const waiting: (() => void)[] = [];
  const take = () => (free > 0 ? void (free -= 1) : new Promise<void>((resolve) => waiting.push(resolve)));
  const give = () => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return async (path, limit) => {
    await take();
    try {
      return await withRetries(`${base}${path}`, limit);
    } finally {
      give();
    }
  };
}

async function withRetries(url: string, limit: number): Promise<Uint8Array | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(url, limit);
    } catch (error) {
      if (error instanceof CannotAudit) throw error;
      if (attempt === ATTEMPTS) {
        const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
        throw new CannotAudit(
          `${url} cannot be read (${error instanceof Error ? error.message : String(error)} ${cause}): check --url and the network, then run the same command again; it continues.`,
        );
      }
      await sleep(Math.max(error instanceof TryAgain ? error.wait : 0, WAIT_MS * 2 ** attempt));
    }
  }
}
