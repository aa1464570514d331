import * as z from 'zod';
import { amountSchema, currencySchema, quantitySchema, unitPriceSchema, valueSchema } from './money';
import { PROGRAMS } from './programs';
import { recordIdSchema } from './record';
import { hex32, instant, noticeSchema, organizationRef, text, wholeSecond } from './notice';

/**
 * The closed catalogue of record types (protocol §1): the stage that a record belongs to and the shape of
 * its `data`. The sentence for citizens of each type is in the `records` messages, in every language; a
 * test fails when one is missing.
 */

const person = z.string().min(1).max(100);
const commitment = hex32;
const memberIndex = z.int().min(1).max(255);

const priceForm = z.strictObject({
  currency: currencySchema,
  items: z
    .array(
      z.strictObject({
        itemId: text(60),
        quantity: quantitySchema,
        unitPrice: unitPriceSchema,
        amount: amountSchema,
      }),
    )
    .min(1)
    .max(200),
  total: amountSchema,
});
export type PriceForm = z.infer<typeof priceForm>;

const signature = z.string().regex(/^[0-9a-f]{128}$/);

const bidFile = z.strictObject({
  name: z.string().min(1).max(255),
  mediaType: z.string().min(1).max(255),
  size: z.int().min(0),
  sha256: hex32,
});

const keysetSchema = z.strictObject({
  v: z.literal(1),
  chainId: z.int(),
  contract: z.string(),
  ocid: z.string(),
  n: memberIndex,
  k: memberIndex,
  members: z.array(
    z.strictObject({
      index: memberIndex,
      x25519: hex32,
      key: commitment,
      signature,
    }),
  ),
});

const rankingRow = z.strictObject({
  bid: commitment,
  tenderer: organizationRef,
  total: amountSchema,
  /** Points by criterion, in millionths of a point (integers: records hold no floats). */
  points: z.array(z.strictObject({ criterion: text(60), micro: z.int().min(0) })),
  totalMicro: z.int().min(0),
  rank: z.int().min(1),
});
export type RankingRow = z.infer<typeof rankingRow>;

export const COMMITTEE_SEATS = ['officer', 'regulator', 'observer', 'deputy'] as const;
export type CommitteeSeat = (typeof COMMITTEE_SEATS)[number];

/** Why an entry may be erased: the law of personal data, an order of a court, a mistake, the end of the time to keep it. */
export const ERASURE_REASONS = ['personal-data', 'court-order', 'filed-in-error', 'retention-ended'] as const;
export type ErasureReason = (typeof ERASURE_REASONS)[number];

/** Why a tender, a lot or a part of it ends without an award. */
export const UNSUCCESSFUL = [
  'fewer-than-minimum',
  'no-valid-bid',
  'none-shortlisted',
  'technical-part-unsuccessful',
] as const;

const define = <S extends z.ZodType>(stage: number | null, data: S) => ({ stage, data });

export const CATALOGUE = {
  // registry-wide
  'signing-key': define(null, z.strictObject({ publicKey: hex32, demonstration: z.boolean() })),
  /** The one document is the program itself: whoever has the file finds here that the registry published it, and when. */
  'program-published': define(null, z.strictObject({ name: z.enum(PROGRAMS), version: text(60) })),
  // about another record, at any time after its stage: of no stage itself
  erasure: define(
    null,
    z.strictObject({
      recordId: recordIdSchema,
      commitment,
      reason: z.enum(ERASURE_REASONS),
      /** Public, as the order is: it must not repeat what is to be erased. */
      statement: text(2000, 0),
    }),
  ),
  // planning 0
  'committee-appointed': define(
    0,
    z.strictObject({
      k: memberIndex,
      members: z
        .array(
          z.strictObject({
            index: memberIndex,
            person,
            seat: z.enum(COMMITTEE_SEATS),
            /** Of a deputy: the index of the member stood in for. A deputy of nobody in particular is a reserve. */
            deputyFor: memberIndex.optional(),
            organization: organizationRef,
          }),
        )
        .min(1)
        .max(11),
    }),
  ),
  'committee-accepted': define(0, z.strictObject({ index: memberIndex, x25519: hex32, key: commitment })),
  'keyset-signed': define(0, z.strictObject({ index: memberIndex, digest: hex32, signature })),
  'budget-line': define(0, z.strictObject({ value: valueSchema, source: text(300) })),
  'publication-requested': define(0, z.strictObject({ digest: hex32 })),
  'publication-refused': define(0, z.strictObject({ digest: hex32, reason: text(2000) })),
  'publication-withdrawn': define(0, z.strictObject({ digest: hex32 })),
  'publication-approved': define(0, z.strictObject({ digest: hex32 })),
  // tender 1
  // Not of planning: a key can be tested until bids are due, long after that has closed on chain.
  'key-rehearsed': define(1, z.strictObject({ index: memberIndex, digest: hex32 })),
  notice: define(1, z.strictObject({ tender: noticeSchema, keyset: keysetSchema, keysetHash: hex32 })),
  /** Another opening committee before bids are due; bidders are asked to seal anew, the earlier set stays bound. */
  'committee-replaced': define(
    1,
    z.strictObject({
      keyset: keysetSchema,
      keysetHash: hex32,
      /** The key set that was in force. */
      previous: hex32,
      reason: text(2000),
    }),
  ),
  // bids 2
  bid: define(
    2,
    z.strictObject({
      tenderer: organizationRef,
      envelope: hex32,
      size: z.int().min(1),
      bidKey: hex32,
      /** The key set that the envelope is sealed to. */
      keyset: hex32,
      /** The earlier bid that this one replaces, under the signature of that bid's key (lib/sealing/bid-act.ts). */
      replaces: z.strictObject({ bid: commitment, signature }).nullable(),
    }),
  ),
  'bid-withdrawn': define(
    2,
    z.strictObject({
      tenderer: organizationRef,
      bid: commitment,
      /** By the bid's key: without the bidder's recovery file nobody withdraws a bid, the operator included. */
      signature,
    }),
  ),
  // opening 3
  'opening-attended': define(
    3,
    z.strictObject({ as: z.enum(['member', 'tenderer', 'officer', 'observer']) }),
  ),
  'opening-postponed': define(3, z.strictObject({ until: wholeSecond, reason: text(2000) })),
  /** Too few members come: every tenderer is asked for the seed of its bids, until a time. */
  'seeds-requested': define(3, z.strictObject({ until: wholeSecond, reason: text(2000) })),
  'seed-given': define(3, z.strictObject({ tenderer: organizationRef, bid: commitment, seed: hex32 })),
  'share-released': define(
    3,
    z.strictObject({
      /** `index` is the member's place in the key set that the bid is sealed to. */
      shares: z
        .array(
          z.strictObject({
            bid: commitment,
            index: memberIndex,
            share: z.string().regex(/^[0-9a-f]{2,200}$/),
          }),
        )
        .max(1000),
      /** Bids whose share for this member does not open: a bidder's fault, which must not stop the member. */
      unopenable: z.array(commitment).max(1000),
    }),
  ),
  'bid-opened': define(
    3,
    z.strictObject({
      bid: commitment,
      tenderer: organizationRef,
      envelope: hex32,
      seed: hex32,
      /** Partners of a consortium that the tenderer leads. */
      consortium: z.array(organizationRef).max(20),
      /** Ids of the notice's statements that the tenderer confirmed. */
      declarations: z.array(text(60)).max(50),
      /** Null in a technical part. */
      priceForm: priceForm.nullable(),
      files: z.array(bidFile).max(100),
    }),
  ),
  'bid-invalid': define(
    3,
    z.strictObject({
      bid: commitment,
      tenderer: organizationRef,
      envelope: hex32,
      seed: hex32.nullable(),
      code: text(60),
    }),
  ),
  'opening-report': define(
    3,
    z.strictObject({
      openedAt: instant,
      /** Whose shares opened the bids: places in the key sets. */
      members: z.array(z.strictObject({ keyset: hex32, index: memberIndex })),
      /** Bids for which the tenderer gave the seed itself. */
      seedsGiven: z.array(commitment),
      bids: z.array(
        z.strictObject({
          bid: commitment,
          tenderer: organizationRef,
          outcome: z.enum(['valid', 'invalid']),
          total: amountSchema.nullable(),
          currency: currencySchema.nullable(),
        }),
      ),
      /** Second envelopes that stay shut, with the reason. */
      unopened: z.array(
        z.strictObject({ bid: commitment, tenderer: organizationRef, reason: z.enum(['not-shortlisted']) }),
      ),
      /** Every leaf of this unit in the stage `bids`: none is left out (protocol §7.5). */
      leaves: z.array(
        z.strictObject({
          commitment,
          standing: z.enum(['live', 'replaced', 'withdrawn', 'withdrawal']),
        }),
      ),
    }),
  ),
  'opening-report-signed': define(3, z.strictObject({ report: commitment })),
  'tender-unsuccessful': define(
    3,
    z.strictObject({
      reason: z.enum(UNSUCCESSFUL),
      bids: z.int().min(0),
      minimum: z.int().min(0),
    }),
  ),
  // evaluation 4
  'evaluators-appointed': define(4, z.strictObject({ evaluators: z.array(person).min(1).max(15) })),
  'interests-declared': define(4, z.strictObject({ conflict: z.boolean(), statement: text(2000, 0) })),
  'score-sheet': define(
    4,
    z.strictObject({
      scores: z
        .array(
          z.strictObject({
            bid: commitment,
            criterion: text(60),
            score: z.int().min(0, 'score').max(100, 'score'),
            comment: text(2000, 0),
          }),
        )
        .max(4000),
    }),
  ),
  'scores-sealed': define(4, z.strictObject({ sheets: z.array(commitment).min(1).max(15) })),
  /** The end of a technical part: whose financial envelopes are opened, and why the others' are not. */
  'shortlist-proposed': define(
    4,
    z.strictObject({
      rows: z
        .array(
          z.strictObject({
            bid: commitment,
            tenderer: organizationRef,
            passed: z.boolean(),
            /** Quality points so far, in millionths. */
            micro: z.int().min(0),
            reason: text(2000, 0),
          }),
        )
        .min(1)
        .max(1000),
    }),
  ),
  'shortlist-refused': define(4, z.strictObject({ proposed: commitment, reason: text(2000) })),
  'shortlist-approved': define(4, z.strictObject({ proposed: commitment })),
  ranking: define(4, z.strictObject({ rows: z.array(rankingRow).min(1).max(1000) })),
  'award-intended': define(
    4,
    z.strictObject({ bid: commitment, supplier: organizationRef, value: valueSchema, reasons: text(5000) }),
  ),
  'award-refused': define(4, z.strictObject({ intended: commitment, reason: text(2000) })),
  'award-approved': define(4, z.strictObject({ intended: commitment })),
  // award 5
  'award-announced': define(
    5,
    z.strictObject({
      intended: commitment,
      supplier: organizationRef,
      value: valueSchema,
      reasons: text(5000),
      ranking: z.array(rankingRow),
      standstillEnds: wholeSecond,
    }),
  ),
  award: define(
    5,
    z.strictObject({
      announced: commitment,
      supplier: organizationRef,
      value: valueSchema,
      statement: text(5000, 0),
    }),
  ),
  // contract 6
  contract: define(
    6,
    z.strictObject({
      supplier: organizationRef,
      value: valueSchema,
      dateSigned: z.iso.date(),
      statement: text(5000, 0),
    }),
  ),
} as const satisfies Record<string, { stage: number | null; data: z.ZodType }>;

export type RecordType = keyof typeof CATALOGUE;
export type RecordData<T extends RecordType> = z.infer<(typeof CATALOGUE)[T]['data']>;
export const RECORD_TYPES = Object.keys(CATALOGUE) as RecordType[];
