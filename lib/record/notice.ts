import * as z from 'zod';
import { currencySchema, quantitySchema, valueSchema } from './money';

/** A text that people wrote: trimmed, bounded, without control characters. */
export const text = (max: number, min = 1) =>
  z
    .string()
    .trim()
    .min(min, 'required')
    .max(max, 'too-long')
    // Control characters have no place in a notice, and some of them break terminals and spreadsheets.
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/, 'control-characters');

export const hex32 = z.string().regex(/^[0-9a-f]{64}$/, 'hex');
/** UTC to the millisecond, as `Date.prototype.toISOString` writes it. */
export const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'time');
/** A clock that the chain keeps too: whole seconds. */
export const wholeSecond = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/, 'whole-second');

export const organizationRef = z.strictObject({ id: text(200), name: text(300) });
export type OrganizationRef = z.infer<typeof organizationRef>;

/** OCDS `tender.items[]`, the fields that a notice needs. */
export const itemSchema = z.strictObject({
  id: text(60),
  description: text(2000),
  quantity: quantitySchema,
  unit: text(60),
  classification: z.strictObject({ scheme: text(60), id: text(60), description: text(500, 0) }).optional(),
  /** OCDS `items[].relatedLot`: in a tender with lots every item belongs to one. */
  relatedLot: text(60).optional(),
});
export type Item = z.infer<typeof itemSchema>;

/** An award criterion; weights are whole percentages and add up to 100. */
export const criterionSchema = z.strictObject({
  id: text(60),
  kind: z.enum(['price', 'quality']),
  title: text(200),
  description: text(2000, 0),
  weight: z.int().min(1, 'weight').max(100, 'weight'),
});
export type Criterion = z.infer<typeof criterionSchema>;

/** OCDS `tender.lots[]`: a part of the tender that is bid for, opened and awarded by itself. */
export const lotSchema = z.strictObject({ id: text(60), title: text(300), description: text(2000, 0) });
export type Lot = z.infer<typeof lotSchema>;

/**
 * How many envelopes a bid has: one, or two, of which the financial one is opened only for those who passed the
 * technical one (protocol §3).
 */
export const ENVELOPES = ['one', 'two'] as const;
export type Envelopes = (typeof ENVELOPES)[number];

/** What a tenderer confirms: that it may take part (`eligibility`), or what its bid promises (`declaration`). */
export const statementSchema = z.strictObject({
  id: text(60),
  kind: z.enum(['eligibility', 'declaration']),
  text: text(1000),
});
export type Statement = z.infer<typeof statementSchema>;

/** Most lots: with two envelopes each they stay below the contract's `MAX_UNITS`. */
const MAX_LOTS = 100;

/** Where a template came from (OCDS `release.ocid`, `release.id`, `publisher.name`). */
export const templateSchema = z.strictObject({
  ocid: text(200),
  releaseId: text(200),
  publisher: text(300, 0),
});

const noticeShape = {
  title: text(300),
  description: text(10_000),
  /** The authentic language (procedure.md, Identity): BCP 47. */
  language: z
    .string()
    .max(35, 'language')
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'language'),
  mainProcurementCategory: z.enum(['goods', 'works', 'services']),
  buyer: organizationRef,
  procuringEntity: organizationRef,
  value: valueSchema,
  budget: z.strictObject({ source: text(300) }),
  currency: currencySchema,
  items: z.array(itemSchema).min(1, 'items').max(200, 'items'),
  /** Empty: the whole tender is bid for and awarded as one. */
  lots: z.array(lotSchema).max(MAX_LOTS, 'too-many'),
  envelopes: z.enum(ENVELOPES),
  statements: z.array(statementSchema).max(50, 'too-many'),
  criteria: z.array(criterionSchema).min(1, 'criteria').max(20, 'criteria'),
  bidsDue: wholeSecond,
  /** Length of the standstill in seconds; the rule pack gives its minimum. */
  standstill: z
    .int()
    .min(0, 'standstill')
    .max(365 * 86_400, 'standstill'),
  rulePack: z.string().max(60),
  contractPeriod: z
    .strictObject({ startDate: z.iso.date(), endDate: z.iso.date() })
    .refine((p) => p.startDate <= p.endDate, { message: 'period', path: ['endDate'] })
    .optional(),
  template: templateSchema.optional(),
};

type Shape = {
  items: Item[];
  lots: Lot[];
  envelopes: Envelopes;
  statements: Statement[];
  criteria: Criterion[];
  value: { currency: string };
  currency: string;
};

function checkWhole(n: Shape, ctx: z.core.$RefinementCtx<Shape>) {
  const issue = (path: (string | number)[], message: string) =>
    ctx.addIssue({ code: 'custom', path, message });
  for (const list of ['items', 'lots', 'statements', 'criteria'] as const)
    if (new Set(n[list].map((row) => row.id)).size !== n[list].length) issue([list], 'duplicate-id');
  const lots = new Set(n.lots.map((lot) => lot.id));
  n.items.forEach((item, i) => {
    // Without lots an item belongs to none; with lots, to one of them.
    const known = lots.size === 0 ? item.relatedLot === undefined : lots.has(item.relatedLot ?? '');
    if (!known) issue(['items', i, 'relatedLot'], 'lot');
  });
  n.lots.forEach((lot, i) => {
    if (!n.items.some((item) => item.relatedLot === lot.id)) issue(['lots', i, 'id'], 'lot-empty');
  });
  // A technical part without anything to judge would shortlist everybody.
  if (n.envelopes === 'two' && !n.criteria.some((c) => c.kind === 'quality'))
    issue(['criteria'], 'quality-criterion');
  if (n.criteria.reduce((sum, c) => sum + c.weight, 0) !== 100) issue(['criteria'], 'weights-not-100');
  if (n.criteria.filter((c) => c.kind === 'price').length !== 1) issue(['criteria'], 'one-price-criterion');
  if (n.value.currency !== n.currency) issue(['value', 'currency'], 'currency-differs');
}

/** The notice as an officer completes it: what `request-publication` demands. */
export const noticeSchema = z.strictObject(noticeShape).superRefine(checkWhole);
export type Notice = z.infer<typeof noticeSchema>;

/** The notice while it is being written: any part may still be missing or wrong; sizes are bounded elsewhere. */
export interface NoticeDraft {
  title: string;
  description: string;
  language: string;
  mainProcurementCategory: string;
  buyer: OrganizationRef;
  procuringEntity: OrganizationRef;
  value: { amount: string; currency: string };
  budget: { source: string };
  currency: string;
  items: {
    id: string;
    description: string;
    quantity: string;
    unit: string;
    classification?: { scheme: string; id: string; description: string } | undefined;
    relatedLot?: string | undefined;
  }[];
  lots: { id: string; title: string; description: string }[];
  envelopes: string;
  statements: { id: string; kind: string; text: string }[];
  criteria: { id: string; kind: string; title: string; description: string; weight: number }[];
  bidsDue: string;
  standstill: number;
  rulePack: string;
  contractPeriod?: { startDate: string; endDate: string } | undefined;
  template?: { ocid: string; releaseId: string; publisher: string } | undefined;
}

/** A draft as it is saved: the same shape, texts bounded, nothing demanded. */
const loose = (max: number) => z.string().max(max, 'too-long');
export const noticeDraftSchema = z.strictObject({
  title: loose(300),
  description: loose(10_000),
  language: loose(40),
  mainProcurementCategory: loose(20),
  buyer: z.strictObject({ id: loose(200), name: loose(300) }),
  procuringEntity: z.strictObject({ id: loose(200), name: loose(300) }),
  value: z.strictObject({ amount: loose(20), currency: loose(3) }),
  budget: z.strictObject({ source: loose(300) }),
  currency: loose(3),
  items: z
    .array(
      z.strictObject({
        id: loose(60),
        description: loose(2000),
        quantity: loose(20),
        unit: loose(60),
        classification: z
          .strictObject({ scheme: loose(60), id: loose(60), description: loose(500) })
          .optional(),
        relatedLot: loose(60).optional(),
      }),
    )
    .max(200, 'items'),
  lots: z
    .array(z.strictObject({ id: loose(60), title: loose(300), description: loose(2000) }))
    .max(MAX_LOTS, 'too-many'),
  envelopes: loose(10),
  statements: z
    .array(z.strictObject({ id: loose(60), kind: loose(20), text: loose(1000) }))
    .max(50, 'too-many'),
  criteria: z
    .array(
      z.strictObject({
        id: loose(60),
        kind: loose(20),
        title: loose(200),
        description: loose(2000),
        weight: z.int().min(0).max(100),
      }),
    )
    .max(20, 'criteria'),
  bidsDue: loose(24),
  standstill: z
    .int()
    .min(0)
    .max(365 * 86_400),
  rulePack: loose(60),
  contractPeriod: z.strictObject({ startDate: loose(10), endDate: loose(10) }).optional(),
  template: z.strictObject({ ocid: loose(200), releaseId: loose(200), publisher: loose(300) }).optional(),
});
