import { connectChain } from '@/lib/server/chain-world';
import { rpc } from '@/lib/server/embedded/chain';
import { world as theWorld, type World } from '@/lib/server/world';
import { hireCompany, theCompany } from './company';
import * as scene from './scenes';
import { chainFollows, settle, simClock, type SimClock } from './sim-clock';
import { STORIES } from './stories';
import { reaches } from './story';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Ten days in seconds. */
const STANDSTILL = 10 * 86_400;

const whole = (milliseconds: number) => new Date(Math.floor(milliseconds / 1000) * 1000).toISOString();

/**
 * One tender's life as a sequence of moments: each `yield` names the time (milliseconds) of what comes next. Several
 * lives are played side by side, always the earliest moment first, so that log and chain keep their order.
 */
async function* life(s: scene.Stage, today: number): Moments {
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
  yield* open(s, id, due);
  if (!reaches(story, 'evaluation')) return;
  yield* judge(s, id, due);
  if (!reaches(story, 'standstill')) return;
  // Second envelopes are opened once the first ones are judged.
  if (story.envelopes) yield* open(s, id, due + 5 * DAY);
  yield* award(s, id, due + (story.envelopes ? 5.5 : 4) * DAY);
  yield* conclude(s, id, due);
}

type Moments = AsyncGenerator<number, void, void>;

/** Two members release their shares in every unit that is being opened. */
async function* open(s: scene.Stage, id: string, from: number): Moments {
  yield from + 20 * MINUTE;
  const units = await scene.unitsIn(s, id, 'opening');
  for (const unit of units) await scene.release(s, id, 0, unit);
  if (!reaches(s.story, 'evaluation')) return;
  yield from + 35 * MINUTE;
  for (const unit of units) await scene.release(s, id, 2, unit);
}

/** Evaluators are appointed and score; of a technical part, the shortlist is decided. */
async function* judge(s: scene.Stage, id: string, due: number): Moments {
  yield due + 3 * HOUR;
  const units = await scene.unitsIn(s, id, 'evaluation', 'assessment');
  for (const unit of units) await scene.appointEvaluators(s, id, unit);
  for (const n of [0, 1, 2]) {
    if (s.story.ending === 'evaluation' && n === 2) return;
    yield due + (n + 1.2) * DAY;
    for (const unit of units) await scene.score(s, id, n, unit);
  }
  const technical = units.flatMap((unit) => (unit?.part === 'technical' ? [unit] : []));
  if (technical.length === 0) return;
  yield due + 4 * DAY;
  for (const unit of technical) await scene.proposeShortlist(s, id, unit);
  yield due + 4 * DAY + 5 * HOUR;
  for (const unit of technical) await scene.approveShortlist(s, id, unit);
}

async function* award(s: scene.Stage, id: string, from: number): Moments {
  yield from;
  const units = await scene.unitsIn(s, id, 'evaluation', 'comparison');
  for (const unit of units) await scene.proposeAward(s, id, unit);
  yield from + 5 * HOUR;
  for (const unit of units) await scene.approveAward(s, id, unit);
}

/** The final award and the contract, for the lots that come so far. */
async function* conclude(s: scene.Stage, id: string, due: number): Moments {
  if (!reaches(s.story, 'contract')) return;
  yield due + 16 * DAY;
  for (const unit of await scene.unitsIn(s, id, 'award'))
    if (reaches(s.story, 'contract', unit)) await scene.confirmAward(s, id, unit);
  if (!reaches(s.story, 'implementation')) return;
  yield due + 22 * DAY;
  for (const unit of await scene.unitsIn(s, id, 'contract'))
    if (reaches(s.story, 'implementation', unit)) await scene.signContract(s, id, unit);
}

interface Strand {
  next: number;
  moments: Moments;
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
