import * as z from 'zod';
import { isCanonicalValue, type JsonObject } from './jcs';
import { isWellFormed } from './unicode';

/** The stages of a process or unit, by their numbers on chain (protocol §3). */
export const STAGES = [
  'planning',
  'tender',
  'bids',
  'opening',
  'evaluation',
  'award',
  'contract',
  'implementation',
] as const;
export type StageName = (typeof STAGES)[number];

/** Most bytes of a canonical entry: a record states facts and digests; whatever is larger is a document. */
export const MAX_ENTRY_LENGTH = 1_048_576;

const hex = (bytes: number, message: string) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`), message);

/** SHA-256 digest or salt: 64 lower-case hexadecimal digits. */
export const digestSchema = hex(32, 'Expected 64 lower-case hexadecimal digits without 0x');

const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => isWellFormed(value), 'The text is not valid Unicode');
const name = (max: number) => text(max).min(1);

/** UUID version 7 (RFC 9562 §5.7), lower case. */
export const recordIdSchema = z
  .string()
  .regex(
    /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    'Expected a UUIDv7 in lower case',
  );

/** RFC 3339 in UTC with milliseconds; a date that the calendar has. */
export const timeSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, 'Expected a time such as 2026-01-31T09:30:00.000Z')
  .refine((value) => {
    const time = new Date(value);
    return !Number.isNaN(time.getTime()) && time.toISOString() === value;
  }, 'There is no such date');

const countSchema = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** The closed stages of protocol §3, as numbers 0 to 7. */
export const stageSchema = z.int().min(0).max(7);
export const roundSchema = z.int().min(0).max(0xffffffff);

export const actorSchema = z.strictObject({
  organization: name(200),
  /** Pseudonymous: never a name or an e-mail address. */
  person: name(200),
  role: name(64),
});

export const documentSchema = z.strictObject({
  id: name(200),
  title: name(500),
  mediaType: name(200),
  /** In bytes. */
  size: countSchema,
  sha256: digestSchema,
  /** BCP 47; `und` when it has none. */
  language: name(35),
});

/** One act in a procurement (protocol §1). Which `type` needs which `data` is the catalogue's business. */
export const recordSchema = z.strictObject({
  v: z.literal(1),
  id: recordIdSchema,
  type: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
    .max(64),
  ocid: name(200).exactOptional(),
  unit: z.strictObject({ lot: text(200), part: text(200) }).exactOptional(),
  stage: stageSchema.exactOptional(),
  round: roundSchema.exactOptional(),
  time: timeSchema,
  actor: actorSchema,
  documents: z.array(documentSchema).max(1000),
  refs: z.array(digestSchema).max(10_000),
  data: z.custom<JsonObject>(
    (value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) && isCanonicalValue(value),
    'Expected a JSON object with integers, strings, booleans, null, arrays and objects only',
  ),
});

/** Ed25519 over SHA-256(JCS(record)); `key` is the commitment of the record that registered the public key. */
export const signatureSchema = z.discriminatedUnion('alg', [
  z.strictObject({
    alg: z.literal('ed25519'),
    key: digestSchema,
    signature: hex(64, 'Expected 128 lower-case hexadecimal digits'),
  }),
]);

/** What is committed to: the record with the signatures under it. */
export const entrySchema = z.strictObject({
  record: recordSchema,
  signatures: z.array(signatureSchema).max(16),
});

export type RecordActor = z.infer<typeof actorSchema>;
export type RecordDocument = z.infer<typeof documentSchema>;
export type RecordSignature = z.infer<typeof signatureSchema>;

export type TenderRecord = z.infer<typeof recordSchema>;
export type Entry = z.infer<typeof entrySchema>;

/** Type of the record that registers a person's key: its commitment is what `signatures[].key` names. */
export const KEY_RECORD_TYPE = 'signing-key';

/** What a verifier reads in the `data` of a key's record: the Ed25519 public key, and whether it is for show only. */
export const keyDataSchema = z.looseObject({
  publicKey: digestSchema,
  demonstration: z.boolean().exactOptional(),
});
