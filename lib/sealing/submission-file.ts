import * as z from 'zod';
import { hex32, text } from '@/lib/record/notice';
import { parseStrict } from '@/lib/record/jcs';
import { FIXED_HEADER_LENGTH } from './envelope';
import { MAX_ENVELOPES } from './submission';

/** Beside the sealed envelopes, what else of a submission sealed elsewhere goes on record. It holds no secret. */
export const SUBMISSION_FORMAT = 'tenderproof-submission/1';

/** UTF-16 code units: 128 envelopes of the longest texts are below it. */
export const MAX_SUBMISSION_LENGTH = 262_144;
/** Bytes of one envelope: as in a package, far above any upload limit. */
const MAX_ENVELOPE_BYTES = 2 ** 41;

const envelopeSchema = z.strictObject({
  /** '' in a tender without lots. */
  lot: text(60, 0),
  /** '' where a bid has one envelope. */
  part: z.enum(['', 'technical', 'financial']),
  /** SHA-256 of the envelope's bytes. */
  envelope: hex32,
  /** Bytes. */
  size: z.int().min(FIXED_HEADER_LENGTH).max(MAX_ENVELOPE_BYTES),
  /** Commitment of the bid's record that this envelope replaces, and its key's signature (bid-act.ts, 128 hex digits). */
  replaces: z.strictObject({ bid: hex32, signature: z.string().regex(/^[0-9a-f]{128}$/, 'hex') }).nullable(),
});
export type SubmissionEnvelope = z.infer<typeof envelopeSchema>;

export const submissionFileSchema = z
  .strictObject({
    format: z.literal(SUBMISSION_FORMAT),
    ocid: text(200),
    /** The organization's identifier. */
    tenderer: text(200),
    /** Hash of the key set that every envelope is sealed to. */
    keyset: hex32,
    /** Ed25519 public key of the submission. */
    bidKey: hex32,
    envelopes: z.array(envelopeSchema).min(1).max(MAX_ENVELOPES),
  })
  .superRefine(({ envelopes }, ctx) => {
    const distinct = (names: readonly string[]) => new Set(names).size === names.length;
    const refuse = (message: string) => ctx.addIssue({ code: 'custom', path: ['envelopes'], message });
    if (!distinct(envelopes.map(({ lot, part }) => JSON.stringify([lot, part])))) refuse('duplicate-unit');
    if (!distinct(envelopes.map(({ envelope }) => envelope))) refuse('duplicate-envelope');
    const replaced = envelopes.flatMap(({ replaces }) => (replaces ? [replaces.bid] : []));
    if (!distinct(replaced)) refuse('duplicate-replaced');
  });
export type SubmissionFile = z.infer<typeof submissionFileSchema>;

export type ParsedSubmission =
  | { readonly ok: true; readonly submission: SubmissionFile }
  | { readonly ok: false; readonly code: 'not-json' | 'not-submission'; readonly detail: string };

/** Strict: exact keys, each lot and part, each envelope and each replaced bid once. Never throws. */
export function parseSubmissionFile(content: string): ParsedSubmission {
  let value: unknown;
  try {
    value = parseStrict(content, { maxLength: MAX_SUBMISSION_LENGTH });
  } catch (error) {
    return { ok: false, code: 'not-json', detail: error instanceof Error ? error.message : '' };
  }
  const result = submissionFileSchema.safeParse(value);
  if (result.success) return { ok: true, submission: result.data };
  const [issue] = result.error.issues;
  const detail = issue === undefined ? '' : `${issue.path.join('.') || '(top)'}: ${issue.message}`;
  return { ok: false, code: 'not-submission', detail };
}

/** The text of `submission.json`. @throws ZodError for what `parseSubmissionFile` would refuse */
export function submissionFileText(submission: Omit<SubmissionFile, 'format'>): string {
  const checked = submissionFileSchema.parse({ format: SUBMISSION_FORMAT, ...submission });
  return `${JSON.stringify(checked, null, 2)}\n`;
}
