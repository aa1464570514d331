import * as z from 'zod';
import type { RecordData, RecordType } from '../record/catalogue';
import type { NoticeDraft } from '../record/notice';
import type { RecordDocument, RecordSignature } from '../record/record';
import { text } from '../record/notice';
import type { Role } from './permissions';
import type { Refusal } from './refusal';
import type { Actor } from './roles';
import type { Process } from './state';
import type { Unit } from './units';

/** A record that an act wants to file. The operation adds id, time, actor, round and salt. */
export type NewRecord = {
  [T in RecordType]: {
    type: T;
    data: RecordData<T>;
    role: Role;
    /** Where it is not the unit that the act is done in. */
    unit?: Unit | null;
    documents?: RecordDocument[];
    refs?: string[];
    signatures?: RecordSignature[];
    /** Where the time is an input of the act: a record whose author signed it beforehand. */
    signed?: { id: string; time: string };
  };
}[RecordType];

export type Decision = { ok: true; records: NewRecord[]; draft?: NoticeDraft | null } | Refusal;

export interface Upload {
  id: string;
  kind: 'document' | 'envelope';
  name: string;
  mediaType: string;
  size: number;
  sha256: string;
}

/** What an act may know besides the process: passed in, so that deciding stays pure. */
export interface Context {
  /** Milliseconds since the epoch. */
  now: number;
  actor: Actor;
  roles: readonly Role[];
  /** Unused uploads for this process: before publication everybody's (they are the notice's), afterwards this person's. */
  uploads: readonly Upload[];
  /** How long before a due time the chain can still be told of a change, in milliseconds. */
  chainLead: number;
  /** Public keys (hex) of this person's registered signing keys by the commitment of their record. */
  signingKeys: ReadonlyMap<string, { publicKey: string; person: string }>;
}

export interface ActDefinition<I> {
  input: z.ZodType<I>;
  decide: (process: Process, input: I, ctx: Context) => Decision;
}

export const act = <I>(input: z.ZodType<I>, decide: ActDefinition<I>['decide']): ActDefinition<I> => ({
  input,
  decide,
});

export const nothing = z.strictObject({});

/** How a form names documents: uploads, by their id, with the title that people will read. */
export const documentsInput = z
  .array(
    z.strictObject({
      upload: z.uuid(),
      title: text(300),
      // 35: as long as the tag of a record's document may be (RFC 5646 §4.4.1).
      language: z
        .string()
        .max(35, 'language')
        .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'language'),
    }),
  )
  .max(50, 'too-many');

/** The record documents for uploads named in a form, or null when one is not this person's, or is not a document. */
export function resolveDocuments(
  wanted: z.infer<typeof documentsInput>,
  uploads: readonly Upload[],
): RecordDocument[] | null {
  const documents: RecordDocument[] = [];
  for (const { upload: id, title, language } of wanted) {
    const upload = uploads.find((u) => u.id === id && u.kind === 'document');
    if (!upload || documents.some((d) => d.id === id)) return null;
    documents.push({
      id,
      title,
      language,
      mediaType: upload.mediaType,
      size: upload.size,
      sha256: upload.sha256,
    });
  }
  return documents;
}
