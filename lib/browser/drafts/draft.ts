import * as z from 'zod';
import { toHex } from '@/lib/record/hex';
import { canonicalText } from '@/lib/record/jcs';
import { digestSchema, timeSchema } from '@/lib/record/record';
import { isWellFormed } from '@/lib/record/unicode';
import { utf8 } from '@/lib/sealing/bytes';

/** Whose draft, of a bid for what: one draft for each. */
export interface DraftIdentity {
  /** Origin of the registry's log, e.g. "tenders.example.org". */
  readonly origin: string;
  /** Address of the registry's contract, lower case. */
  readonly contract: string;
  readonly ocid: string;
  /** Identifier of the tenderer's organization. */
  readonly organization: string;
}

/** `''` is the only part of a tender with one envelope. */
export const PARTS = ['', 'technical', 'financial'] as const;
export type PartName = (typeof PARTS)[number];

/** 4 GiB: what one draft may hold in files. */
export const MAX_DRAFT_BYTES = 4 * 1024 ** 3;
/** As many as one envelope may hold. */
const MAX_FILES = 100;

const text = (max: number) => z.string().max(max).refine(isWellFormed);

/** A file kept with the draft. `name` as on the bidder's disk; `mediaType` as the browser says, or empty; `size` in bytes. */
export const fileRefSchema = z.strictObject({
  id: z.uuid(),
  name: text(1000).min(1),
  mediaType: text(200),
  size: z.int().min(1).max(MAX_DRAFT_BYTES),
  sha256: digestSchema,
});
export type FileRef = z.infer<typeof fileRefSchema>;

/** As typed, so possibly not a price yet. */
const priceSchema = z.strictObject({ itemId: text(60), quantity: text(60), unitPrice: text(60) });

const lotSchema = z.strictObject({
  /** `''` where the tender has no lots. */
  lot: text(200),
  bidding: z.boolean(),
  prices: z.array(priceSchema).max(200),
  files: z.partialRecord(z.enum(PARTS), z.array(fileRefSchema).max(MAX_FILES)),
});
export type LotDraft = z.infer<typeof lotSchema>;

const hex64 = z.string().regex(/^[0-9a-f]{128}$/);
/** Of a recovery file, locked by its passphrase: 128 envelopes are below it. UTF-16 code units. */
const MAX_RECOVERY = 200_000;
/** The newest: more changes of one bid are rare, and the files themselves are with the bidder. */
export const MAX_RECOVERIES = 12;

/** A sealed envelope that waits to be sent: ciphertext. The `sha256` of its file is what goes on record. */
const sealedEnvelopeSchema = z.strictObject({
  lot: text(200),
  part: z.enum(PARTS),
  file: fileRefSchema,
  /** The bid on record that it takes the place of, and the signature of that bid's key. */
  replaces: z.strictObject({ bid: digestSchema, signature: hex64 }).nullable(),
});

/** A whole submission, sealed and not yet on record. */
const sealedSchema = z.strictObject({
  /** Hash of the key set that it is sealed to. */
  keyset: digestSchema,
  bidKey: digestSchema,
  /** Its recovery file, locked by the passphrase; null when it was sealed elsewhere. */
  recovery: text(MAX_RECOVERY).nullable(),
  envelopes: z.array(sealedEnvelopeSchema).min(1).max(128),
});
export type SealedDraft = z.infer<typeof sealedSchema>;

/** The recovery file of a submission on record, locked by its passphrase. `saved`: the bidder has taken a copy. */
const recoverySchema = z.strictObject({ bidKey: digestSchema, text: text(MAX_RECOVERY), saved: z.boolean() });
export type KeptRecovery = z.infer<typeof recoverySchema>;

interface Lots {
  readonly lots: readonly LotDraft[];
}

interface Kept extends Lots {
  readonly sealed: SealedDraft | null;
}

/** Everything that a bidder has typed and added; nothing of it needs to be right yet. */
export const draftSchema = z
  .strictObject({
    v: z.literal(1),
    /** Ids of the criteria that the bidder says it meets. */
    eligibility: z.array(text(60)).max(200),
    /** Ids of the declarations that the bidder has ticked. */
    declarations: z.array(text(60)).max(200),
    consortium: z.array(z.strictObject({ id: text(200), name: text(300) })).max(20),
    lots: z.array(lotSchema).max(64),
    sealed: sealedSchema.nullable(),
    /** Of what was filed from here, oldest first. */
    recoveries: z.array(recoverySchema).max(MAX_RECOVERIES),
    /** When it was last changed, by this computer's clock. */
    updatedAt: timeSchema,
  })
  .refine(({ lots }) => isDistinct(lots.map(({ lot }) => lot)), 'A lot stands twice')
  .refine((draft) => isDistinct(keptFilesOf(draft).map(({ id }) => id)), 'A file stands twice')
  .refine((draft) => bytesOf(draft) <= MAX_DRAFT_BYTES, 'Too large');
export type BidDraft = z.infer<typeof draftSchema>;

export const identitySchema = z.strictObject({
  origin: text(200).min(1),
  contract: text(100).min(1),
  ocid: text(200).min(1),
  organization: text(200).min(1),
});

/** UTF-8 bytes of a draft without its files. */
export const MAX_CONTENT_BYTES = 4 * 1024 * 1024;

/** @param updatedAt RFC 3339 in UTC */
export function emptyDraft(updatedAt: string): BidDraft {
  const nothing = { eligibility: [], declarations: [], consortium: [], lots: [], recoveries: [] };
  return { v: 1, ...nothing, sealed: null, updatedAt };
}

/** Every document of the draft, lot after lot. */
export function filesOf({ lots }: Lots): FileRef[] {
  return lots.flatMap(({ files }) => PARTS.flatMap((part) => files[part] ?? []));
}

/** Everything that is stored with the draft: its documents, and the sealed envelopes. */
export function keptFilesOf(draft: Kept): FileRef[] {
  return [...filesOf(draft), ...(draft.sealed?.envelopes.map(({ file }) => file) ?? [])];
}

/** Bytes of all documents together. */
export function bytesOf(draft: Lots): number {
  return filesOf(draft).reduce((sum, { size }) => sum + size, 0);
}

/** The draft with one lot changed; a lot that is not in it yet is added, as one that is bid for. */
export function withLot(draft: BidDraft, lot: string, change: (lot: LotDraft) => LotDraft): BidDraft {
  const present = draft.lots.some((one) => one.lot === lot);
  const lots = present ? draft.lots : [...draft.lots, { lot, bidding: true, prices: [], files: {} }];
  return { ...draft, lots: lots.map((one) => (one.lot === lot ? change(one) : one)) };
}

export function withFile(draft: BidDraft, lot: string, part: PartName, file: FileRef): BidDraft {
  return withLot(draft, lot, (one) => ({
    ...one,
    files: { ...one.files, [part]: [...(one.files[part] ?? []), file] },
  }));
}

export function withoutFile(draft: BidDraft, id: string): BidDraft {
  return mapFiles(draft, (file) => (file.id === id ? [] : [file]));
}

/** The draft with this recovery file as its newest, or in the place of the one that it had for the same bid key. */
export function withRecovery(draft: BidDraft, recovery: KeptRecovery): BidDraft {
  const others = draft.recoveries.filter(({ bidKey }) => bidKey !== recovery.bidKey);
  return { ...draft, recoveries: [...others, recovery].slice(-MAX_RECOVERIES) };
}

/** The draft with each file replaced by others, or none. */
export function mapFiles(draft: BidDraft, change: (file: FileRef) => FileRef[]): BidDraft {
  const lots = draft.lots.map((lot) => {
    const files: LotDraft['files'] = {};
    for (const part of PARTS) {
      const listed = lot.files[part];
      if (listed !== undefined) files[part] = listed.flatMap(change);
    }
    return { ...lot, files };
  });
  return { ...draft, lots };
}

/**
 * Name of a draft in this browser: SHA-256 of its identity, 64 hex digits. Not a secret (who knows the identity can
 * compute it), but whoever glances at the browser's files is not told who bids for what.
 */
export async function draftId({ origin, contract, ocid, organization }: DraftIdentity): Promise<string> {
  const bytes = utf8(canonicalText({ origin, contract, ocid, organization }));
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

function isDistinct(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}
