import type { Part } from '@/lib/procedure/units';
import { lotIds, partsOf, type BidTender } from './tender';

/**
 * Where the bidder is. In addresses it stands behind "#", which browsers do not send: the registry does not learn what a
 * bidder is working on. Lots are counted from one.
 */
export type Step =
  | { readonly name: 'prices'; readonly lot: string }
  | { readonly name: 'files'; readonly lot: string; readonly part: Part }
  | { readonly name: PlainStep };

const PLAIN = [
  'overview',
  'tasks',
  'eligibility',
  'partners',
  'lots',
  'declarations',
  'review',
  'seal',
  'elsewhere',
  'withdraw',
] as const;
export type PlainStep = (typeof PLAIN)[number];

type Divided = Pick<BidTender, 'lots' | 'envelopes'>;

/** The step of an address; anything unknown leads to the overview. @param hash with its "#", or '' */
export function stepOf(tender: Divided, hash: string): Step {
  const [name = '', position = '', part = ''] = hash.replace(/^#/, '').split('/');
  const plain = PLAIN.find((known) => known === name);
  if (plain !== undefined) return { name: plain };
  const lot = /^\d{1,3}$/.test(position) ? lotIds(tender)[Number(position) - 1] : undefined;
  if (lot === undefined) return { name: 'overview' };
  if (name === 'prices') return { name, lot };
  const known = partsOf(tender).find((one) => one === part);
  return name === 'files' && known !== undefined ? { name, lot, part: known } : { name: 'overview' };
}

/** Reverses `stepOf`. */
export function hashOf(tender: Divided, step: Step): string {
  if (step.name !== 'prices' && step.name !== 'files')
    return step.name === 'overview' ? '#' : `#${step.name}`;
  const position = lotIds(tender).indexOf(step.lot) + 1;
  const part = step.name === 'files' && step.part !== '' ? `/${step.part}` : '';
  return `#${step.name}/${position}${part}`;
}
