import { connectChain } from '@/lib/server/chain-world';
import { rpc } from '@/lib/server/embedded/chain';
import { world as theWorld, type World } from '@/lib/server/world';
import { hireCompany, theCompany } from './company';
import * as scene from './scenes';
import { chainFollows, settle, simClock, type SimClock } from './sim-clock';
import { STORIES } from './stories';
import type { Ending, Story } from './story';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Ten days in seconds. */
const STANDSTILL = 10 * 86_400;

const whole = (milliseconds: number) => new Date(Math.floor(milliseconds / 1000) * 1000).toISOString();

const ORDER: readonly Ending[] = [
  'approval',
  'open',
  'opening',
  'evaluation',
  'standstill',
  'contract',
  'implementation',
];
const reaches = (story: Story, ending: Ending): boolean =>
  ORDER.indexOf(story.ending) >= ORDER.indexOf(ending);

/**
 * One tender's life as a sequence of moments: each `yield` names the time (milliseconds) of what comes next. Several
 * lives are played side by side, always the earliest moment first, so that log and chain keep their order.
 */
async function* life(s: scene.Stage, today: number): AsyncGenerator<number, void, void> {
  const { story } = s;
  const published = today - story.publishedDaysAgo * DAY + (9 + (story.items.length % 5)) * HOUR - 12 * HOUR;
  const due = published + story.biddingDays * DAY;
  yield published - 2 * DAY;
  const id = await scene.prepareNotice(s, whole(due), STANDSTILL);
  if (story.ending === 'approval') return;
  yield published;
  await scene.approve(s, id);
  for (const n of story.bids.keys()) {
    const at = Math.min(
      published + (0.35 + 0.2 * n) * (due - published),
      story.ending === 'open' ? today - (n + 1) * HOUR : Infinity,
    );
    yield Math.max(at, published + HOUR);
    await scene.submitBid(s, id, n);
  }
  if (story.ending === 'open') return;
  yield due + 2_000;
  if (story.ending === 'unsuccessful') return;
  yield due + 20 * MINUTE;
  await scene.release(s, id, 0);
  if (!reaches(story, 'evaluation')) return;
  yield due + 35 * MINUTE;
  await scene.release(s, id, 2);
  yield due + 3 * HOUR;
  await scene.appointEvaluators(s, id);
  for (const n of [0, 1, 2]) {
    if (story.ending === 'evaluation' && n === 2) return;
    yield due + (n + 1.2) * DAY;
    await scene.score(s, id, n);
  }
  yield due + 4 * DAY;
  await scene.proposeAward(s, id);
  yield due + 4 * DAY + 5 * HOUR;
  await scene.approveAward(s, id);
  if (!reaches(story, 'contract')) return;
  yield due + 16 * DAY;
  await scene.confirmAward(s, id);
  if (!reaches(story, 'implementation')) return;
  yield due + 22 * DAY;
  await scene.signContract(s, id);
}

interface Strand {
  next: number;
  moments: AsyncGenerator<number, void, void>;
}

/** Plays all strands, the earliest moment first; after each, the worker finishes what it can. */
async function play(
  strands: Strand[],
  clock: SimClock,
  rest: () => Promise<void>,
  until: number,
): Promise<void> {
  let live = [...strands];
  while (live.length > 0) {
    const strand = live.reduce((a, b) => (b.next < a.next ? b : a));
    clock.moveTo(Math.min(strand.next, until));
    await rest();
    const { value, done } = await strand.moments.next();
    if (done) live = live.filter((other) => other !== strand);
    else strand.next = value;
    await rest();
  }
}

/**
 * Makes the demonstration registry: the tenders of `stories.ts`, dated over the past months, by the real operations, on
 * the real (embedded) chain, with a clock that is passed in. Called once, before the worker runs.
 */
export async function seedDemonstration(world: World = theWorld()): Promise<void> {
  const today = Date.now();
  const earliest = Math.max(...STORIES.map((story) => story.publishedDaysAgo)) + 5;
  const clock = simClock(today - earliest * DAY);
  const past = { ...world, clock };
  const chain = connectChain(world.env, chainFollows(clock, world.env.CHAIN_RPC_URL));
  try {
    await hireCompany(past);
    const company = await theCompany(past);
    const strands = STORIES.map((story) => ({
      next: 0,
      moments: life({ world: past, company, story }, today),
    }));
    await play(strands, clock, () => settle(past, chain), today - 5 * MINUTE);
    clock.moveTo(today - MINUTE);
    await settle(past, chain);
  } finally {
    chain.close();
  }
  // From here on the chain follows the wall clock again.
  await rpc(world.env.CHAIN_RPC_URL, 'evm_setNextBlockTimestamp', [Math.ceil(Date.now() / 1000)]);
  await rpc(world.env.CHAIN_RPC_URL, 'evm_mine', []);
}
