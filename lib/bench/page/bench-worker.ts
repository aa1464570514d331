import { bareDecryption, bareEncryption } from '@/lib/bench/bare-cipher';
import { benchExpectation, benchShares } from '@/lib/bench/sealing-tender';
import { loadFastHash } from '@/lib/browser/sealing/fast-hash';
import { hashBlob } from '@/lib/browser/verify/hash-stream';
import { wholeLimit, type Machine } from '@/lib/browser/verify/hash-whole';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { parseEvidence } from '@/lib/evidence/format';
import { verifyEvidence } from '@/lib/evidence/verify';
import { iterate } from '@/lib/sealing/bytes';
import { MAX_HEADER_LENGTH } from '@/lib/sealing/envelope';
import { openEnvelope } from '@/lib/sealing/open';

// What the bench does in a worker of the browser beside the product's own: the floors, and openings.

export interface BidFile {
  file: File;
  envelopeHash: string;
}

export type Job =
  | { kind: 'encrypt'; bytes: number }
  | { kind: 'decrypt'; bytes: number }
  /** SHA-256 as the product does it in a browser. */
  | { kind: 'hash'; bytes: number }
  /** SHA-256 of a file, as the verification page has it, or by WebCrypto with the whole file in memory. */
  | { kind: 'digest'; file: File; by: 'product' | 'webcrypto' }
  /** Verifies one evidence file, without a chain, `count` times; the first is not counted. */
  | { kind: 'evidence'; text: string; registry: RegistryDescriptor; count: number }
  /** Opens `count` bids, the files in turn. */
  | { kind: 'open'; bids: BidFile[]; count: number };

/** Milliseconds, and how often progress was told. */
export type Done = { ms: number; told: number } | { error: string };

async function openBid({ file, envelopeHash }: BidFile, onProgress: () => void): Promise<void> {
  const expected = benchExpectation();
  const beginning = new Uint8Array(await file.slice(0, MAX_HEADER_LENGTH).arrayBuffer());
  const outcome = await openEnvelope({
    ...expected,
    source: { size: file.size, stream: (from, to) => iterate(file.slice(from, to).stream()) },
    envelopeHash,
    shares: await benchShares(beginning, expected),
    newHash: await loadFastHash(),
    onProgress,
  });
  if (outcome.outcome !== 'valid') throw new Error(`The bid did not open: ${JSON.stringify(outcome)}`);
}

async function hashing(bytes: number): Promise<number> {
  const hash = (await loadFastHash())();
  const piece = new Uint8Array(1024 * 1024);
  const began = performance.now();
  for (let at = 0; at < bytes; at += piece.length) hash.update(piece);
  hash.digest();
  return performance.now() - began;
}

async function digest(file: File, by: 'product' | 'webcrypto'): Promise<number> {
  const began = performance.now();
  if (by === 'product') await hashBlob(file, wholeLimit(navigator as Machine), () => undefined);
  else await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return performance.now() - began;
}

/** @returns milliseconds of one verification */
async function evidence(text: string, registry: RegistryDescriptor, count: number): Promise<number> {
  let began = 0;
  for (let i = 0; i <= count; i += 1) {
    if (i === 1) began = performance.now();
    const parsed = parseEvidence(text);
    if (!parsed.ok) throw new Error(parsed.detail);
    const question = { evidence: parsed.evidence, registry, chain: null, now: Date.now() };
    const { verdict } = await verifyEvidence(question);
    if (verdict.outcome !== 'unchecked') throw new Error(`The evidence is ${verdict.outcome}`);
  }
  return (performance.now() - began) / count;
}

async function work(job: Job): Promise<Done> {
  if (job.kind === 'digest') return { ms: await digest(job.file, job.by), told: 0 };
  if (job.kind === 'evidence') return { ms: await evidence(job.text, job.registry, job.count), told: 0 };
  if (job.kind === 'encrypt') return { ms: await bareEncryption(job.bytes), told: 0 };
  if (job.kind === 'decrypt') return { ms: await bareDecryption(job.bytes), told: 0 };
  if (job.kind === 'hash') return { ms: await hashing(job.bytes), told: 0 };
  let told = 0;
  const began = performance.now();
  for (let i = 0; i < job.count; i += 1) {
    const bid = job.bids[i % job.bids.length];
    if (bid) await openBid(bid, () => (told += 1));
  }
  return { ms: performance.now() - began, told };
}

globalThis.addEventListener('message', ({ data }: MessageEvent<Job>) => {
  work(data).then(
    (done) => globalThis.postMessage(done),
    (error: unknown) => globalThis.postMessage({ error: String(error) } satisfies Done),
  );
});
