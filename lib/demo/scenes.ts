import type { Phase } from '@/lib/procedure/phases';
import { phaseAt } from '@/lib/procedure/phase-at';
import {
  all,
  intendedAward,
  last,
  openedBids,
  proposedShortlist,
  publicationRequest,
  type Process,
} from '@/lib/procedure/state';
import { inUnit, scopes } from '@/lib/procedure/scopes';
import type { Unit } from '@/lib/procedure/units';
import { createTender } from '@/lib/server/operations/create-tender';
import type { World } from '@/lib/server/world';
import { acceptSeat, bid, perform, processOf, releaseShares, scoresFor, signSeat } from './acts';
import { player, type Company, type Player } from './company';
import { offerName, paper, uploadPaper } from './papers';
import { CAST, SEATS } from './people';
import { draftOf, type Story } from './story';

// The scenes of a procurement, each through the real operations. The seed plays them by its own clock, the robots by the
// wall's.

export interface Stage {
  world: World;
  company: Company;
  story: Story;
}

const cast = (s: Stage) => CAST[s.story.language];
const who = (s: Stage, slug: Parameters<typeof player>[1]): Player => player(s.company, slug);

/** The process, or one unit of it. */
async function scopeOf(s: Stage, id: string, unit: Unit | null): Promise<Process> {
  const process = await processOf(s.world, id);
  return unit ? inUnit(process, unit) : process;
}

/** The units that stand in one of these phases now; null stands for a tender that is not divided. */
export async function unitsIn(s: Stage, id: string, ...phases: Phase[]): Promise<(Unit | null)[]> {
  const now = s.world.clock.now();
  return scopes(await processOf(s.world, id))
    .filter((scope) => phases.includes(phaseAt(scope, now)))
    .map((scope) => scope.unit);
}

/** Draft, committee with keys, documents, request: everything up to the approver's desk. @returns the tender's id. */
export async function prepareNotice(s: Stage, bidsDue: string, standstill: number): Promise<string> {
  const officer = who(s, cast(s).officer);
  const draft = draftOf(s.story, { ...officer.organization }, bidsDue, standstill);
  const created = await createTender(s.world, officer, draft);
  if (!created.ok) throw new Error(`create-tender: ${created.code}`);
  const { id } = created;
  const members = cast(s).committee.map((slug, i) => {
    const member = who(s, slug);
    return { person: member.person, seat: SEATS[i] ?? 'observer', organization: { ...member.organization } };
  });
  await perform(s.world, officer, 'appoint-committee', id, { k: 2, members });
  for (const slug of cast(s).committee) await acceptSeat(s.world, who(s, slug), id);
  for (const slug of cast(s).committee) await signSeat(s.world, who(s, slug), id);
  await uploadPaper(s.world, officer, id, 'terms', s.story);
  await uploadPaper(s.world, officer, id, 'specification', s.story);
  await perform(s.world, officer, 'request-publication', id, {});
  return id;
}

export async function approve(s: Stage, id: string): Promise<void> {
  const digest = publicationRequest(await processOf(s.world, id))?.data.digest;
  await perform(s.world, who(s, cast(s).approver), 'approve-publication', id, { digest });
}

/** The n-th bidder of the cast bids with its prices. */
export async function submitBid(s: Stage, id: string, n: number): Promise<void> {
  const slug = cast(s).bidders[n];
  const prices = s.story.bids[n];
  if (!slug || !prices) return;
  const bidder = who(s, slug);
  await bid(s.world, bidder, id, {
    prices: Object.fromEntries(
      s.story.items.map((item, i) => [item.id, prices[i] ?? '']).filter(([, price]) => price !== ''),
    ),
    files: [
      {
        name: offerName(s.story),
        mediaType: 'application/pdf',
        bytes: await paper(
          'offer',
          s.story,
          bidder.organization.name,
          who(s, cast(s).officer).organization.name,
        ),
      },
    ],
  });
}

export const release = (s: Stage, id: string, n: number, unit: Unit | null = null): Promise<void> => {
  const slug = cast(s).committee[n];
  if (!slug) throw new Error('No such seat');
  return releaseShares(s.world, who(s, slug), id, unit);
};

export async function appointEvaluators(s: Stage, id: string, unit: Unit | null = null): Promise<void> {
  const evaluators = cast(s).evaluators.map((slug) => who(s, slug).person);
  await perform(s.world, who(s, cast(s).officer), 'appoint-evaluators', id, { evaluators }, unit);
}

/** The last bidder of the cast does not pass a technical part, unless it is alone. */
const isPoor = (s: Stage, scope: Process, tenderer: string): boolean =>
  scope.unit?.part === 'technical' &&
  openedBids(scope).length > 1 &&
  who(s, cast(s).bidders[2]).organization.id === tenderer;

export async function score(s: Stage, id: string, n: number, unit: Unit | null = null): Promise<void> {
  const slug = cast(s).evaluators[n];
  if (!slug) throw new Error('No such evaluator');
  const zh = s.story.language === 'zh';
  const scope = await scopeOf(s, id, unit);
  const opened = openedBids(scope).map((b) => ({
    commitment: b.data.bid,
    poor: isPoor(s, scope, b.data.tenderer.id),
  }));
  const comment = zh ? '方案完整，符合要求。' : 'Complete, and to the point.';
  const evaluator = who(s, slug);
  if (!all(scope, 'interests-declared').some((d) => d.actor.person === evaluator.person))
    await perform(s.world, evaluator, 'declare-interests', id, { conflict: false, statement: '' }, unit);
  const scores = scoresFor(scope, opened, comment, n);
  await perform(s.world, evaluator, 'file-scores', id, { scores }, unit);
}

/** Who passes the technical part, and whose prices therefore stay shut. */
export async function proposeShortlist(s: Stage, id: string, unit: Unit): Promise<void> {
  const scope = await scopeOf(s, id, unit);
  const rows = openedBids(scope).map(({ data: { bid: opened, tenderer } }) => {
    const passed = !isPoor(s, scope, tenderer.id);
    return { bid: opened, passed, reason: passed ? '' : (s.story.failing ?? '') };
  });
  await perform(s.world, who(s, cast(s).officer), 'propose-shortlist', id, { rows }, unit);
}

export async function approveShortlist(s: Stage, id: string, unit: Unit): Promise<void> {
  const proposed = proposedShortlist(await scopeOf(s, id, unit))?.commitment;
  await perform(s.world, who(s, cast(s).approver), 'approve-shortlist', id, { proposed }, unit);
}

const first = (process: Process): string =>
  last(process, 'ranking')?.data.rows.find((r) => r.rank === 1)?.bid ?? '';

export async function proposeAward(s: Stage, id: string, unit: Unit | null = null): Promise<void> {
  const input = { bid: first(await scopeOf(s, id, unit)), reasons: s.story.reasons };
  await perform(s.world, who(s, cast(s).officer), 'propose-award', id, input, unit);
}

export async function approveAward(s: Stage, id: string, unit: Unit | null = null): Promise<void> {
  const intended = intendedAward(await scopeOf(s, id, unit))?.commitment;
  await perform(s.world, who(s, cast(s).approver), 'approve-award', id, { intended }, unit);
}

export const confirmAward = (s: Stage, id: string, unit: Unit | null = null): Promise<void> =>
  perform(s.world, who(s, cast(s).officer), 'confirm-award', id, { statement: '', documents: [] }, unit);

export async function signContract(s: Stage, id: string, unit: Unit | null = null): Promise<void> {
  const officer = who(s, cast(s).officer);
  const supplier = last(await scopeOf(s, id, unit), 'award')?.data.supplier.name ?? '';
  const { id: upload, title } = await uploadPaper(s.world, officer, id, 'contract', s.story, supplier);
  const input = {
    dateSigned: new Date(s.world.clock.now()).toISOString().slice(0, 10),
    statement: '',
    documents: [{ upload, title, language: s.story.language }],
  };
  await perform(s.world, officer, 'file-contract', id, input, unit);
}
