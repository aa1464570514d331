import { standardStatements } from '@/lib/procedure/statements';
import type { Unit } from '@/lib/procedure/units';
import type { NoticeDraft } from '@/lib/record/notice';

/** How far a seeded tender, or one of its lots, has come. */
export type Ending =
  | 'approval'
  | 'open'
  | 'opening'
  | 'evaluation'
  | 'standstill'
  | 'contract'
  | 'implementation'
  | 'unsuccessful';

export interface Story {
  language: 'en' | 'zh';
  ending: Ending;
  /** Days before today on which the notice is published. */
  publishedDaysAgo: number;
  /** Days from publication to the deadline for bids. */
  biddingDays: number;
  title: string;
  description: string;
  category: 'goods' | 'works' | 'services';
  value: string;
  currency: string;
  budget: string;
  items: NoticeDraft['items'];
  /** Absent: bid for and awarded as one. A lot may stop earlier than the tender. */
  lots?: readonly (NoticeDraft['lots'][number] & { ending?: Ending })[];
  /** With two, the last bidder does not pass the technical part. */
  envelopes?: 'two';
  quality: readonly { id: string; title: string; description: string; weight: number }[];
  /**
   * Unit prices by bidder, in the order of the items; empty where it does not bid for the item's lot. Fewer than two bids end
   * a tender, or a lot.
   */
  bids: readonly (readonly string[])[];
  reasons: string;
  /** Why the last bidder does not pass, where there are two envelopes. */
  failing?: string;
}

const ORDER: readonly Ending[] = [
  'approval',
  'open',
  'opening',
  'evaluation',
  'standstill',
  'contract',
  'implementation',
];

/** Whether a story goes as far as `ending`; of a lot, whether that lot does. */
export function reaches(story: Story, ending: Ending, unit: Unit | null = null): boolean {
  const lot = story.lots?.find((l) => l.id === unit?.lot);
  return ORDER.indexOf(lot?.ending ?? story.ending) >= ORDER.indexOf(ending);
}

export const item = (
  id: string,
  description: string,
  quantity: string,
  unit: string,
  code?: readonly [string, string],
) => ({
  id,
  description,
  quantity,
  unit,
  ...(code ? { classification: { scheme: 'CPV', id: code[0], description: code[1] } } : {}),
});
/** The items of one lot. */
export const ofLot = (relatedLot: string, ...items: NoticeDraft['items']): NoticeDraft['items'] =>
  items.map((i) => ({ ...i, relatedLot }));
export const q = (id: string, title: string, description: string, weight: number) => ({
  id,
  title,
  description,
  weight,
});

/** The notice of a story, due at `bidsDue`. */
export function draftOf(
  story: Story,
  organization: { id: string; name: string },
  bidsDue: string,
  standstill: number,
): NoticeDraft {
  const zh = story.language === 'zh';
  const weight = 100 - story.quality.reduce((sum, c) => sum + c.weight, 0);
  return {
    title: story.title,
    description: story.description,
    language: story.language,
    mainProcurementCategory: story.category,
    buyer: organization,
    procuringEntity: organization,
    value: { amount: story.value, currency: story.currency },
    budget: { source: story.budget },
    currency: story.currency,
    items: story.items,
    lots: (story.lots ?? []).map(({ id, title, description }) => ({ id, title, description })),
    envelopes: story.envelopes ?? 'one',
    statements: standardStatements(story.language),
    criteria: [
      {
        id: 'price',
        kind: 'price',
        title: zh ? '报价' : 'Price',
        description: zh
          ? '最低报价得满分，其余按比例计算。'
          : 'The lowest price takes all points; the others in proportion.',
        weight,
      },
      ...story.quality.map((c) => ({ ...c, kind: 'quality' })),
    ],
    bidsDue,
    standstill,
    rulePack: 'fast@1',
  };
}
