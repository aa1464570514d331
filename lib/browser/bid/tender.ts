import type { Notice } from '@/lib/record/notice';
import { envelopesOf, type Part, type Unit } from '@/lib/procedure/units';

/** What a bidder's browser needs of the notice. */
export type BidTender = Pick<
  Notice,
  'title' | 'language' | 'currency' | 'items' | 'lots' | 'envelopes' | 'statements'
> & {
  /** RFC 3339, as the chain has it. */
  readonly bidsDue: string;
};

type Divided = Pick<BidTender, 'lots' | 'envelopes'>;

/** The lots by their ids; `''` alone where the tender is bid for as one. */
export const lotIds = ({ lots }: Divided): string[] => (lots.length > 0 ? lots.map(({ id }) => id) : ['']);

/** The envelopes of one lot, in the order in which they are opened. */
export const partsOf = ({ envelopes }: Divided): Part[] =>
  envelopesOf({ lots: [], envelopes }).map(({ part }) => part);

/** Prices are in the only envelope, or in the second one. */
export const isPriced = (part: Part): boolean => part !== 'technical';

export const itemsOfLot = ({ items }: Pick<BidTender, 'items'>, lot: string): BidTender['items'] =>
  lot === '' ? items : items.filter(({ relatedLot }) => relatedLot === lot);

/** The whole of a tender that is not divided needs no name. */
export const isNamed = ({ lot, part }: Unit): boolean => lot !== '' || part !== '';
