import * as z from 'zod';
import { MAX_EVIDENCE_LENGTH } from '@/lib/evidence/format';
import { digestSchema, recordIdSchema } from '@/lib/record/record';

/** Why the registry could not be asked. */
export type LookupFault =
  'registry-unreachable' | 'registry-answer' | 'registry-busy' | 'evidence-missing' | 'evidence-erased';

/** Longest answer, in UTF-16 code units: a page of a tender's records is some four times the largest evidence. */
const MAX_ANSWER_LENGTH = 4 * MAX_EVIDENCE_LENGTH;

export class LookupError extends Error {
  readonly code: LookupFault;
  /** Seconds, for `registry-busy`. */
  readonly retryAfter: number;

  constructor(code: LookupFault, detail: string, retryAfter = 5) {
    super(detail);
    this.name = 'LookupError';
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

const registrySchema = z.object({ prefixLength: z.int().min(0).max(64) });

const candidateSchema = z.object({
  sha256: digestSchema,
  recordId: recordIdSchema,
  ocid: z.string().max(200).nullish(),
  stage: z.union([z.string(), z.number()]).nullish(),
  type: z.string().max(64),
  title: z.string().max(500),
});
export type Candidate = z.infer<typeof candidateSchema>;

/** Where a registry's answers come from: the site itself, or a function in tests. */
export type FetchText = (path: string) => Promise<string>;

/** Reads a path of this site. @throws LookupError */
export function fetchText(path: string): Promise<string> {
  return request(path, {});
}

/** As `fetchText`, naming the salt of a receipt, which opens the evidence of its own record. @throws LookupError */
export function fetchWithSalt(path: string, salt: string): Promise<string> {
  return request(path, { 'tenderproof-salt': salt });
}

async function request(path: string, headers: Record<string, string>): Promise<string> {
  let response: Response;
  try {
    response = await fetch(path, {
      headers: { accept: 'application/json', ...headers },
      signal: AbortSignal.timeout(20_000),
    });
  } catch (error) {
    throw new LookupError('registry-unreachable', error instanceof Error ? error.message : String(error));
  }
  if (response.status === 404) throw new LookupError('evidence-missing', path);
  if (response.status === 410) throw new LookupError('evidence-erased', path);
  if (response.status === 429) throw new LookupError('registry-busy', path, secondsOf(response));
  if (!response.ok) throw new LookupError('registry-answer', `${path}: ${response.status}`);
  const text = await response.text();
  if (text.length > MAX_ANSWER_LENGTH) throw new LookupError('registry-answer', `${path}: too long`);
  return text;
}

function secondsOf(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 5;
}

/**
 * The registry's documents whose digest begins like this one's. Only a short prefix is sent, which many documents
 * share: the registry does not learn which document is being checked.
 */
export async function findCandidates(
  sha256: string,
  get: FetchText,
): Promise<{ readonly candidates: readonly Candidate[]; readonly prefix: string }> {
  const { prefixLength } = await ask(registrySchema, '/api/v1/registry', get);
  const prefix = sha256.slice(0, prefixLength);
  const path = `/api/v1/evidence?sha256=${prefix}`;
  const { candidates } = await ask(z.object({ candidates: z.array(candidateSchema).max(10_000) }), path, get);
  return { candidates, prefix };
}

/** Evidence as text: to be parsed strictly, and believed only as far as it verifies. */
export function fetchEvidence(recordId: string, get: FetchText): Promise<string> {
  return get(`/api/v1/evidence/${recordId}`);
}

export async function ask<T extends z.ZodType>(schema: T, path: string, get: FetchText): Promise<z.infer<T>> {
  const text = await get(path);
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new LookupError('registry-answer', path);
  }
}
