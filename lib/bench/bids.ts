import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processOf } from '@/lib/demo/acts';
import { hireCompany, theCompany } from '@/lib/demo/company';
import { PLAYS } from '@/lib/demo/play-stories';
import { approve, prepareNotice } from '@/lib/demo/scenes';
import { phaseAt } from '@/lib/procedure/phase-at';
import { all, type Process } from '@/lib/procedure/state';
import { handing, makeBidders, type CrowdBidder, type Handed } from './crowd-bidders';
import { percentile, type Bench, type Figure } from './figure';
import { startApplication, type RunningApplication } from './running-application';

const CROWD = 200;
/** They come this long after the deadline has passed, one after another, in milliseconds. */
const LATE = 20;
/** Alone before the crowd: the floor. */
const ALONE = 10;
/** In milliseconds: how long before the deadline the crowd begins. */
const MINUTE = 60_000;
/** From now to the deadline: accounts and bids must be ready before the last minute. */
const BIDDING = Number(process.env.BENCH_BIDDING_SECONDS ?? 420) * 1000;

interface Timed {
  handed: Handed;
  ms: number;
}

/** Waits until the process is in `phase`; the application's own worker brings it there. */
async function until({ world }: RunningApplication, id: string, phase: string): Promise<Process> {
  for (const end = Date.now() + 300_000; Date.now() < end; await sleep(300)) {
    const found = await processOf(world, id);
    if (phaseAt(found, world.clock.now()) === phase) return found;
  }
  throw new Error(`The tender does not come to ${phase}`);
}

/** A published tender by the demonstration's people, and its due time in milliseconds. */
async function publishTender(application: RunningApplication) {
  const { world } = application;
  if ((await world.db.demoPersona.count()) === 0) await hireCompany(world);
  const stage = { world, company: await theCompany(world), story: PLAYS.plain.en };
  const due = Math.ceil((world.clock.now() + BIDDING) / 1000) * 1000;
  const id = await prepareNotice(stage, new Date(due).toISOString(), 60);
  await approve(stage, id);
  const opened = await until(application, id, 'open');
  return { id, ocid: opened.ocid, due, process: opened };
}

async function timedHanding(
  hand: (bidder: CrowdBidder) => Promise<Handed>,
  bidder: CrowdBidder,
): Promise<Timed> {
  const began = performance.now();
  const handed = await hand(bidder);
  return { handed, ms: performance.now() - began };
}

/** Each at its moment, whether or not those before are done. */
function atTheirMoments(
  hand: (bidder: CrowdBidder) => Promise<Handed>,
  bidders: readonly CrowdBidder[],
  momentOf: (i: number) => number,
): Promise<Timed[]> {
  return Promise.all(
    bidders.map(async (bidder, i) => {
      await sleep(Math.max(0, momentOf(i) - Date.now()));
      return timedHanding(hand, bidder);
    }),
  );
}

/** What the registry holds against what the bidders were told. @throws when a bid is lost, or was let in too late */
async function account(
  application: RunningApplication,
  tender: { id: string; due: number },
  told: readonly Handed[],
): Promise<{ accepted: number; refused: number }> {
  const closed = await until(application, tender.id, 'opening');
  const filed = all(closed, 'bid');
  const accepted = told.flatMap((handed) => (handed.ok ? [handed.commitment] : []));
  const refused = told.flatMap((handed) => (handed.ok ? [] : [handed.code]));
  const held = new Set(filed.map(({ commitment }) => commitment));
  const lost = accepted.filter((commitment) => !held.has(commitment));
  const late = filed.filter(({ time }) => Date.parse(time) >= tender.due);
  const others = refused.filter((code) => code !== 'deadline-passed');
  const count = closed.chain.closures.find(({ stage }) => stage === 2)?.count;
  if (lost.length > 0 || late.length > 0 || others.length > 0 || count !== accepted.length)
    throw new Error(
      `${lost.length} lost, ${late.length} too late, refused for another reason: ${others.join(', ') || 'none'}; ` +
        `told ${accepted.length}, closed on chain ${count}`,
    );
  return { accepted: accepted.length, refused: refused.length };
}

async function crowd(application: RunningApplication): Promise<Figure[]> {
  const tender = await publishTender(application);
  const bidders = await makeBidders(application, tender.process, CROWD + LATE + ALONE);
  const hand = handing(application, tender);
  const alone: Timed[] = [];
  for (const bidder of bidders.slice(0, ALONE)) alone.push(await timedHanding(hand, bidder));
  const start = tender.due - MINUTE;
  if (Date.now() > start)
    throw new Error('Bids were not ready before the last minute: give more time by BENCH_BIDDING_SECONDS.');
  // Most come at the end: half of them in the last fifteen seconds.
  const inTime = bidders.slice(ALONE, ALONE + CROWD);
  const late = bidders.slice(ALONE + CROWD);
  const [came, tooLate] = await Promise.all([
    atTheirMoments(hand, inTime, (i) => tender.due - MINUTE * (1 - (i + 1) / (CROWD + 1)) ** 2),
    atTheirMoments(hand, late, (i) => tender.due + (i + 1) * 100),
  ]);
  const told = [...alone, ...came, ...tooLate].map(({ handed }) => handed);
  const { accepted, refused } = await account(application, tender, told);
  return [
    {
      name: `${CROWD} bidders in the last minute, upload and act: the slowest 5 in 100 wait`,
      unit: 'ms',
      runs: [
        percentile(
          came.map(({ ms }) => ms),
          0.95,
        ),
      ],
      floor: {
        name: `one after another before the crowd (${ALONE})`,
        runs: [
          percentile(
            alone.map(({ ms }) => ms),
            0.5,
          ),
        ],
      },
      wanted: [{ of: 'value', atMost: 2000 }],
      note: `The running application over HTTP, envelopes of about 200 KB. ${accepted} were told that they are in and are in the closed stage; ${refused} came after the deadline and were refused.`,
    },
    {
      name: `${LATE} bidders after the deadline: refused`,
      unit: 'of them',
      runs: [tooLate.filter(({ handed }) => !handed.ok).length],
      wanted: [{ of: 'value', atLeast: LATE, atMost: LATE }],
    },
  ];
}

/** The last minute before a deadline, against the running application. */
export const bidsBench: Bench = {
  about: '200 bidders in the last minute before a deadline, against the running application',
  async run(stops) {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tenderproof-bench-'));
    await fs.chmod(folder, 0o755);
    stops.push(() => fs.rm(folder, { recursive: true, force: true }));
    return crowd(await startApplication(folder, stops));
  },
};
