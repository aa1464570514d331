import type { Phase } from '@/lib/procedure/phases';
import { qualityCriteria } from '@/lib/procedure/acts/evaluation';
import { intendedAward, last, openedBids } from '@/lib/procedure/state';
import { does } from './acts';
import { bids, plainBid, release, type SealedBid } from './bids';
import { PEOPLE, type Person } from './people';
import { approvePublication, newTender, seatCommittee, upload, type TenderRef } from './publish';
import type { Scene } from './scene';

/** A tender under way, and what its bidders keep. */
export interface Drive extends TenderRef {
  bids: (SealedBid & { receipt: { recordId: string; commitment: string } })[];
}

/** Unit prices of the bids of tenderers 1, 2, …; one price makes the tender unsuccessful. */
export interface DriveOptions {
  prices?: readonly string[];
}

/** A sheet with one score for each opened bid and quality criterion: this evaluator's own, never two alike. */
export async function sheetInput(scene: Scene, tender: TenderRef, evaluator: Person) {
  const process = await scene.process(tender.id);
  const offset = PEOPLE.evaluators.indexOf(evaluator as (typeof PEOPLE.evaluators)[number]);
  return {
    scores: openedBids(process).flatMap((b, i) =>
      qualityCriteria(process).map((c) => ({
        bid: b.data.bid,
        criterion: c.id,
        score: 70 + 5 * i + offset,
        comment: '',
      })),
    ),
  };
}

export async function evaluate(scene: Scene, tender: TenderRef): Promise<void> {
  const evaluators = PEOPLE.evaluators.map((e) => e.person);
  await does(scene, PEOPLE.officer, 'appoint-evaluators', tender.id, { evaluators });
  for (const e of PEOPLE.evaluators) {
    await does(scene, e, 'declare-interests', tender.id, { conflict: false, statement: '' });
    await does(scene, e, 'file-scores', tender.id, await sheetInput(scene, tender, e));
  }
}

export async function proposalInput(scene: Scene, tender: TenderRef) {
  const first = last(await scene.process(tender.id), 'ranking')?.data.rows.find((r) => r.rank === 1);
  return { bid: first?.bid ?? '', reasons: 'Most points.' };
}

const hasRanking = async (scene: Scene, tender: TenderRef) =>
  last(await scene.process(tender.id), 'ranking') !== null;

export const document = async (scene: Scene, tender: TenderRef, owner: Person, text: string) => ({
  upload: await upload(scene, tender, owner, text),
  title: text,
  language: 'en',
});

type Step = (scene: Scene, tender: Drive, options: DriveOptions) => Promise<void>;

const due = async (scene: Scene, tender: TenderRef) =>
  Date.parse((await scene.process(tender.id)).chain.opening?.bidsDue ?? '');

/** What brings a tender from the phase before into this one: real acts, real rounds of the worker. */
const STEPS: [Phase, Step][] = [
  ['draft', async () => undefined],
  [
    'approval',
    async (scene, tender) => {
      await upload(scene, tender, PEOPLE.officer, `Drawings of ${tender.ocid}`);
      await seatCommittee(scene, tender);
      await does(scene, PEOPLE.officer, 'request-publication', tender.id, {});
    },
  ],
  ['publishing', async (scene, tender) => void (await approvePublication(scene, tender))],
  ['open', (scene, tender) => scene.untilPhase(tender.id, 'open')],
  [
    'closing',
    async (scene, tender, { prices = ['900.25', '1000'] }) => {
      for (const [i, price] of prices.entries()) {
        const who = PEOPLE.tenderers[i] ?? PEOPLE.tenderers[0]!;
        tender.bids.push(await bids(scene, tender, who, plainBid(price)));
      }
      await scene.tick();
      scene.clock.set(Math.max(scene.clock.now(), await due(scene, tender)));
    },
  ],
  ['opening', (scene, tender) => scene.untilPhase(tender.id, 'opening')],
  [
    'opened',
    async (scene, tender) => {
      await release(scene, tender);
      await scene.untilPhase(tender.id, 'opened');
    },
  ],
  ['evaluation', (scene, tender) => scene.untilPhase(tender.id, 'evaluation')],
  [
    'announcing',
    async (scene, tender) => {
      await evaluate(scene, tender);
      await scene.until(() => hasRanking(scene, tender));
      await does(scene, PEOPLE.officer, 'propose-award', tender.id, await proposalInput(scene, tender));
      const intended = intendedAward(await scene.process(tender.id))?.commitment ?? '';
      await does(scene, PEOPLE.approver, 'approve-award', tender.id, { intended });
    },
  ],
  ['standstill', (scene, tender) => scene.untilPhase(tender.id, 'standstill')],
  [
    'award',
    async (scene, tender) => {
      const ends = (await scene.process(tender.id)).chain.announcement?.standstillEnds ?? '';
      scene.clock.set(Math.max(scene.clock.now(), Date.parse(ends)));
    },
  ],
  [
    'contract',
    async (scene, tender) => {
      const documents = [await document(scene, tender, PEOPLE.officer, `Award letter for ${tender.ocid}`)];
      await does(scene, PEOPLE.officer, 'confirm-award', tender.id, { statement: '', documents });
      await scene.untilPhase(tender.id, 'contract');
    },
  ],
  [
    'implementation',
    async (scene, tender) => {
      const documents = [await document(scene, tender, PEOPLE.officer, `Signed contract of ${tender.ocid}`)];
      const dateSigned = new Date(scene.clock.now()).toISOString().slice(0, 10);
      await does(scene, PEOPLE.officer, 'file-contract', tender.id, { dateSigned, statement: '', documents });
      await scene.untilPhase(tender.id, 'implementation');
    },
  ],
];

/** The phases of the whole main job, in the order in which a tender passes through them. */
export const MAIN_PHASES = STEPS.map(([phase]) => phase);

/** Brings a tender from the phase before `phase` into it. */
export async function step(
  scene: Scene,
  tender: Drive,
  phase: Phase,
  options: DriveOptions = {},
): Promise<void> {
  const found = STEPS.find(([name]) => name === phase);
  if (!found) throw new Error(`No step into ${phase}`);
  await found[1](scene, tender, options);
  const reached = await scene.phase(tender.id);
  if (reached !== phase) throw new Error(`Expected ${phase}, reached ${reached}`);
}

export async function startDrive(scene: Scene): Promise<Drive> {
  return { ...(await newTender(scene)), bids: [] };
}

/** A tender in `phase`, brought there by real operations. */
export async function driveTo(scene: Scene, phase: Phase, options: DriveOptions = {}): Promise<Drive> {
  const tender = await startDrive(scene);
  if (phase === 'unsuccessful') {
    for (const next of ['approval', 'publishing', 'open', 'closing'] as const)
      await step(scene, tender, next, { prices: options.prices ?? ['900.25'] });
    await scene.untilPhase(tender.id, 'unsuccessful');
    return tender;
  }
  for (const next of MAIN_PHASES) {
    await step(scene, tender, next, options);
    if (next === phase) return tender;
  }
  throw new Error(`No way into ${phase}`);
}
