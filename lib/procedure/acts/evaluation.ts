import * as z from 'zod';
import { rankBids, type RankingInput } from '../../ranking/rank';
import { hex32, text } from '../../record/notice';
import { CATALOGUE } from '../../record/catalogue';
import { act, nothing, type Decision } from '../decision';
import { refuse } from '../refusal';
import {
  all,
  evaluators,
  judgedIn,
  last,
  openedBids,
  packOf,
  publicationRequest,
  tender,
  intendedAward,
  type Filed,
  type Process,
} from '../state';

/** Everybody who drafted or asked for publication: they may not judge what they wrote (procedure.md, Roles). */
const filers = (process: Process): string[] => [
  process.createdBy,
  ...all(process, 'publication-requested').map((r) => r.actor.person),
  ...all(process, 'publication-approved').map((r) => r.actor.person),
  ...(publicationRequest(process) ? [publicationRequest(process)?.actor.person ?? ''] : []),
];

export const appointEvaluators = act(
  z.strictObject({ evaluators: z.array(z.string().min(1).max(100)).min(1, 'required').max(15, 'too-many') }),
  (process, input): Decision => {
    if (last(process, 'scores-sealed')) return refuse('already-done');
    const chosen = [...new Set(input.evaluators)];
    const rule = packOf(process)?.rules['fewest-evaluators'];
    if (rule && (chosen.length < rule.value || chosen.length % 2 === 0))
      return refuse(
        'too-few-evaluators',
        { rule: 'fewest-evaluators', article: rule.article, sentence: rule.sentence },
        { evaluators: 'number' },
      );
    if (chosen.some((p) => filers(process).includes(p)))
      return refuse('officer-cannot-evaluate', undefined, { evaluators: 'filer' });
    const conflicted = evaluators(process)
      .filter((e) => e.interests?.data.conflict)
      .map((e) => e.person);
    if (chosen.some((p) => conflicted.includes(p)))
      return refuse('conflict-declared', undefined, { evaluators: 'conflict' });
    return {
      ok: true,
      records: [{ type: 'evaluators-appointed', role: 'officer', data: { evaluators: chosen } }],
    };
  },
);

export const declareInterests = act(
  z.strictObject({ conflict: z.boolean(), statement: text(2000, 0) }),
  (process, input, { actor }): Decision => {
    if (evaluators(process).find((e) => e.person === actor.person)?.interests) return refuse('already-done');
    if (input.conflict && !input.statement)
      return refuse('invalid-input', undefined, { statement: 'required' });
    return { ok: true, records: [{ type: 'interests-declared', role: 'evaluator', data: input }] };
  },
);

export const qualityCriteria = (process: Process) =>
  (tender(process)?.criteria ?? []).filter((c) => c.kind === 'quality');

export const fileScores = act(CATALOGUE['score-sheet'].data, (process, input, { actor }): Decision => {
  const me = evaluators(process).find((e) => e.person === actor.person);
  if (!me?.interests) return refuse('interests-first');
  if (me.interests.data.conflict) return refuse('conflict-declared');
  if (me.sheet) return refuse('already-done');
  const wanted = openedBids(process).flatMap((b) =>
    qualityCriteria(process).map((c) => `${b.data.bid} ${c.id}`),
  );
  const given = input.scores.map((s) => `${s.bid} ${s.criterion}`);
  const missing = wanted.filter((w) => !given.includes(w));
  if (missing.length > 0 || given.length !== wanted.length)
    return refuse(
      'scores-incomplete',
      undefined,
      Object.fromEntries(missing.map((m) => [m.replace(' ', '.'), 'required'])),
    );
  return { ok: true, records: [{ type: 'score-sheet', role: 'evaluator', data: input }] };
});

/** Once all sheets are in, they are listed; they are disclosed when this list is anchored (procedure.md, evaluation). */
export const sealScores = act(nothing, (process): Decision => {
  const sheets = evaluators(process).map((e) => e.sheet?.commitment);
  if (last(process, 'scores-sealed')) return refuse('already-done');
  const complete = sheets.filter((s): s is string => s !== undefined);
  if (complete.length === 0 || complete.length !== sheets.length) return refuse('scores-incomplete');
  return {
    ok: true,
    records: [{ type: 'scores-sealed', role: 'operator', refs: complete, data: { sheets: complete } }],
  };
});

/** The sheets that were listed before any was disclosed, of the scope in which quality was judged. */
export function sealedSheets(process: Process): RankingInput['sheets'] {
  const judged = judgedIn(process);
  const sealed = last(judged, 'scores-sealed')?.data.sheets ?? [];
  return all(judged, 'score-sheet')
    .filter((s) => sealed.includes(s.commitment))
    .map((s) => s.data.scores);
}

/** The bid whose quality was judged, for the bid whose price is compared: of two envelopes, the same tenderer's first. */
function judgedBid(process: Process, opened: Filed<'bid-opened'>): string {
  const first = process.before && openedBids(process.before);
  return first?.find((b) => b.data.tenderer.id === opened.data.tenderer.id)?.data.bid ?? opened.data.bid;
}

/** What the ranking is a function of: the notice's criteria, the opened prices and the disclosed sheets, nothing else. */
export function rankingInput(process: Process): RankingInput {
  const priced = openedBids(process);
  const names = new Map(priced.map((b) => [judgedBid(process, b), b.data.bid]));
  return {
    criteria: tender(process)?.criteria ?? [],
    bids: priced.map((b) => ({
      bid: b.data.bid,
      tenderer: b.data.tenderer,
      total: b.data.priceForm?.total ?? '0',
    })),
    sheets: sealedSheets(process).map((sheet) =>
      sheet.map((score) => ({ ...score, bid: names.get(score.bid) ?? score.bid })),
    ),
  };
}

export const rankTheBids = act(nothing, (process): Decision => {
  const sealed = last(judgedIn(process), 'scores-sealed');
  if (!sealed || sealed.anchorIndex === null) return refuse('scores-not-sealed');
  if (last(process, 'ranking')) return refuse('already-done');
  const rows = rankBids(rankingInput(process));
  return {
    ok: true,
    records: [{ type: 'ranking', role: 'operator', refs: [sealed.commitment], data: { rows } }],
  };
});

export const proposeAward = act(
  z.strictObject({ bid: hex32, reasons: text(5000) }),
  (process, { bid, reasons }): Decision => {
    const ranking = last(process, 'ranking');
    if (!ranking) return refuse('scores-not-sealed');
    if (intendedAward(process)) return refuse('already-done');
    const row = ranking.data.rows.find((r) => r.bid === bid);
    // The notice binds the buyer to its own method: only the bid ranked first can be proposed.
    if (row?.rank !== 1) return refuse('not-ranked-first', undefined, { bid: 'not-first' });
    const value = { amount: row.total, currency: tender(process)?.currency ?? '' };
    return {
      ok: true,
      records: [
        {
          type: 'award-intended',
          role: 'officer',
          refs: [ranking.commitment, bid],
          data: { bid, supplier: row.tenderer, value, reasons },
        },
      ],
    };
  },
);

export const refuseAward = act(z.strictObject({ reason: text(2000) }), (process, { reason }): Decision => {
  const intended = intendedAward(process);
  if (!intended) return refuse('no-award-intended');
  return {
    ok: true,
    records: [
      {
        type: 'award-refused',
        role: 'approver',
        refs: [intended.commitment],
        data: { intended: intended.commitment, reason },
      },
    ],
  };
});

export const approveAward = act(
  z.strictObject({ intended: hex32 }),
  (process, input, { actor }): Decision => {
    const intended = intendedAward(process);
    if (!intended) return refuse('no-award-intended');
    if (intended.actor.person === actor.person) return refuse('self-approval');
    if (intended.commitment !== input.intended) return refuse('draft-changed');
    return {
      ok: true,
      records: [
        {
          type: 'award-approved',
          role: 'approver',
          refs: [intended.commitment],
          data: { intended: intended.commitment },
        },
      ],
    };
  },
);
