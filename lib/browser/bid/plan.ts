import type { PriceForm } from '@/lib/sealing/price-form';
import type { Part } from '@/lib/procedure/units';
import type { BidDraft, FileRef, LotDraft } from '../drafts/draft';
import { lotsOnRecord, type OwnBid } from './own-bids';
import { partnerFaults } from './partners';
import { readPriceForm, typedPrice } from './prices';
import type { Step } from './steps';
import { isPriced, itemsOfLot, lotIds, partsOf, type BidTender } from './tender';

export type TaskState = 'todo' | 'partial' | 'done' | 'optional';

export interface Task {
  readonly step: Step;
  readonly state: TaskState;
}

/** One envelope as it would be sealed now. */
export interface PlannedEnvelope {
  readonly lot: string;
  readonly part: Part;
  /** Null where the envelope carries no price; undefined while a price is missing. */
  readonly priceForm: PriceForm | null | undefined;
  readonly files: readonly FileRef[];
}

/** 64 lots of a technical and a financial part are as many as one submission holds. */
export const MAX_LOTS = 64;

const NO_LOT: Omit<LotDraft, 'lot'> = { bidding: false, prices: [], files: {} };

export const lotOf = (draft: BidDraft, lot: string): LotDraft =>
  draft.lots.find((one) => one.lot === lot) ?? { lot, ...NO_LOT };

/**
 * The lots that this draft bids for, in the order of the notice. A tender that is not divided is bid for by whoever is
 * here, until a bid is on record: then only who says so changes it.
 */
export function chosenLots(tender: BidTender, draft: BidDraft, own: readonly OwnBid[]): string[] {
  const lots = lotIds(tender);
  const chosen = lots.filter((lot) => draft.lots.some((one) => one.lot === lot && one.bidding));
  const alone = tender.lots.length === 0 && lotsOnRecord(own, lots).length === 0;
  return alone ? lots : chosen;
}

/** What would be sealed: every part of every chosen lot. */
export function plannedEnvelopes(
  tender: BidTender,
  draft: BidDraft,
  chosen: readonly string[],
): PlannedEnvelope[] {
  return chosen.flatMap((lot) => {
    const { prices, files } = lotOf(draft, lot);
    const read = readPriceForm(tender.currency, itemsOfLot(tender, lot), prices);
    const form = read.ok ? read.form : undefined;
    return partsOf(tender).map((part) => ({
      lot,
      part,
      priceForm: isPriced(part) ? form : null,
      files: files[part] ?? [],
    }));
  });
}

/** How many of the statements of this kind are confirmed. */
function confirmed(
  tender: BidTender,
  kind: 'eligibility' | 'declaration',
  ticked: readonly string[],
): TaskState {
  const asked = tender.statements.filter((statement) => statement.kind === kind);
  const given = asked.filter(({ id }) => ticked.includes(id)).length;
  return given === asked.length ? 'done' : given > 0 ? 'partial' : 'todo';
}

const asks = (tender: BidTender, kind: 'eligibility' | 'declaration') =>
  tender.statements.some((statement) => statement.kind === kind);

function pricesState(tender: BidTender, { lot, prices }: LotDraft): TaskState {
  const items = itemsOfLot(tender, lot);
  if (readPriceForm(tender.currency, items, prices).ok) return 'done';
  return items.some(({ id }) => typedPrice(prices, id) !== '') ? 'partial' : 'todo';
}

/** A technical envelope without a document has nothing in it; the others carry the prices. */
function filesState(files: readonly FileRef[], part: Part): TaskState {
  if (files.length > 0) return 'done';
  return isPriced(part) ? 'optional' : 'todo';
}

function lotTasks(tender: BidTender, draft: BidDraft, lot: string): Task[] {
  const typed = lotOf(draft, lot);
  const prices: Task = { step: { name: 'prices', lot }, state: pricesState(tender, typed) };
  const files = partsOf(tender).map((part): Task => ({
    step: { name: 'files', lot, part },
    state: filesState(typed.files[part] ?? [], part),
  }));
  return [prices, ...files];
}

/** Everything that the tasks depend on. */
export interface Bidding {
  readonly tender: BidTender;
  readonly draft: BidDraft;
  /** What is on record already. */
  readonly own: readonly OwnBid[];
  /** Identifier of the organization that bids. */
  readonly tenderer: string;
}

export interface TaskGroup {
  /** The lot whose tasks these are; null for those of the whole bid. */
  readonly lot: string | null;
  readonly tasks: readonly Task[];
}

/** Everything to be done before the review, in order; what the notice does not ask for is left out. */
export function taskGroups({ tender, draft, own, tenderer }: Bidding): TaskGroup[] {
  const chosen = chosenLots(tender, draft, own);
  const task = (name: 'eligibility' | 'partners' | 'lots' | 'declarations', state: TaskState): Task => ({
    step: { name },
    state,
  });
  const partners = draft.consortium.length === 0 ? 'optional' : partnersState(draft, tenderer);
  const before = [
    ...(asks(tender, 'eligibility')
      ? [task('eligibility', confirmed(tender, 'eligibility', draft.eligibility))]
      : []),
    task('partners', partners),
    ...(tender.lots.length > 0 ? [task('lots', lotsState(chosen))] : []),
  ];
  const after = asks(tender, 'declaration')
    ? [task('declarations', confirmed(tender, 'declaration', draft.declarations))]
    : [];
  return [
    { lot: null, tasks: before },
    ...chosen.map((lot) => ({ lot, tasks: lotTasks(tender, draft, lot) })),
    { lot: null, tasks: after },
  ].filter(({ tasks }) => tasks.length > 0);
}

const lotsState = ({ length }: readonly string[]): TaskState =>
  length === 0 ? 'todo' : length > MAX_LOTS ? 'partial' : 'done';

const partnersState = ({ consortium }: BidDraft, tenderer: string): TaskState =>
  partnerFaults(consortium, tenderer).length === 0 ? 'done' : 'partial';

const FINISHED: readonly TaskState[] = ['done', 'optional'];

/** The tasks that must still be done before the bid can be sealed. */
export const openTasks = (groups: readonly TaskGroup[]): Task[] =>
  groups.flatMap(({ tasks }) => tasks.filter(({ state }) => !FINISHED.includes(state)));

/** Where "continue" leads from a step: the next task, and after the last one the review. */
export function stepAfter(groups: readonly TaskGroup[], step: Step): Step {
  const steps = groups.flatMap(({ tasks }) => tasks.map((task) => task.step));
  const at = steps.findIndex((one) => sameStep(one, step));
  return (at < 0 ? undefined : steps[at + 1]) ?? { name: 'review' };
}

function sameStep(a: Step, b: Step): boolean {
  const place = (step: Step) =>
    JSON.stringify([step.name, 'lot' in step ? step.lot : null, 'part' in step ? step.part : null]);
  return place(a) === place(b);
}
