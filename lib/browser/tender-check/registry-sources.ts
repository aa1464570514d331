import { httpRegistry, type Get } from '@/lib/audit/http-source';
import { MAX_EVIDENCE_LENGTH } from '@/lib/evidence/format';
import { toHex } from '@/lib/record/hex';
import { processKey } from '@/lib/record/stage-key';
import type { EnvelopeSource } from '@/lib/sealing/open';
import type { TenderCheckSources } from '@/lib/tender-check/check-tender';
import { hashStream } from '../verify/hash-stream';

/** How often a request is repeated when the registry asks for patience. */
const TRIES = 20;
/** Longest wait for the next try, in seconds. */
const PATIENCE = 60;
const GONE = [404, 410];

/** The registry does not answer as it should. */
export class RegistrySilent extends Error {}

/** @returns null for what is not there. @throws RegistrySilent */
async function request(path: string, headers: Record<string, string> = {}): Promise<Response | null> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const response = await fetch(path, { headers }).catch((error: unknown) => {
      throw new RegistrySilent(error instanceof Error ? error.message : path);
    });
    if (response.ok) return response;
    await response.body?.cancel();
    if (GONE.includes(response.status)) return null;
    if (response.status !== 429) throw new RegistrySilent(`${path}: ${response.status}`);
    const wait = Number(response.headers.get('retry-after') ?? 1);
    await new Promise((resolve) => setTimeout(resolve, 1000 * Math.min(PATIENCE, Math.max(1, wait))));
  }
  throw new RegistrySilent(path);
}

/** Reads a body to its end, unless it is longer than allowed. */
async function bounded(response: Response, limit: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length > limit) throw new RegistrySilent('An answer is longer than it may be');
  return bytes;
}

const get: Get = async (path, limit) => {
  const response = await request(`/${path}`);
  return response && bounded(response, limit);
};

/** A sealed bid that is read from the registry in ranges, however long it is. */
async function envelope(sha256: string): Promise<EnvelopeSource | null> {
  const path = `/api/v1/envelopes/${sha256}`;
  const first = await request(path, { Range: 'bytes=0-0' });
  if (first === null) return null;
  await first.body?.cancel();
  const size = Number(/\/(\d+)$/.exec(first.headers.get('content-range') ?? '')?.[1]);
  if (!Number.isSafeInteger(size)) throw new RegistrySilent(`${path}: no range`);
  return { size, stream: (from, to) => range(path, from, to) };
}

async function* range(path: string, from: number, to: number): AsyncGenerator<Uint8Array> {
  if (to <= from) return;
  const response = await request(path, { Range: `bytes=${from}-${to - 1}` });
  const reader = response?.status === 206 ? response.body?.getReader() : undefined;
  if (!reader) throw new RegistrySilent(`${path}: no range`);
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    await reader.cancel();
  }
}

/** Reads what this site publishes of a tender. */
export function registrySources(
  ocid: string,
): Pick<TenderCheckSources, 'process' | 'evidence' | 'document' | 'envelope'> {
  return {
    process: () => httpRegistry(get).process(toHex(processKey(ocid))),
    async evidence(recordId) {
      const bytes = await get(`api/v1/evidence/${recordId}`, MAX_EVIDENCE_LENGTH);
      return bytes && new TextDecoder().decode(bytes);
    },
    async document(recordId, documentId) {
      const response = await request(
        `/api/v1/documents/${encodeURIComponent(recordId)}/${encodeURIComponent(documentId)}`,
      );
      if (!response?.body) return null;
      let size = 0;
      const sha256 = await hashStream(response.body, (bytes) => (size = bytes));
      return { sha256, size };
    },
    envelope,
  };
}
