import * as z from 'zod';
import { rankBids } from '../../ranking/rank';
import { hex32, text } from '../../record/notice';
import { act, type Decision, type NewRecord } from '../decision';
import { refuse } from '../refusal';
import { last, minimumBids, openedBids, proposedShortlist, tender, type Filed, type Process } from '../state';
import { sealedSheets } from './evaluation';

/** Quality points of every opened first envelope, in millionths, by commitment of the bid. */
export function qualitySoFar(process: Process): Map<string, number> {
  const criteria = (tender(process)?.criteria ?? []).filter((c) => c.kind === 'quality');
  const bids = openedBids(process).map((b) => ({ bid: b.data.bid, tenderer: b.data.tenderer, total: '0' }));
  const rows = rankBids({ criteria, bids, sheets: sealedSheets(process) });
  return new Map(rows.map((row) => [row.bid, row.totalMicro]));
}

/** Whose second envelope is opened; each that is not says why. */
export const proposeShortlist = act(
  z.strictObject({
    rows: z.array(z.strictObject({ bid: hex32, passed: z.boolean(), reason: text(2000, 0) })).max(1000),
  }),
  (process, { rows }): Decision => {
    const sealed = last(process, 'scores-sealed');
    if (!sealed || sealed.anchorIndex === null) return refuse('scores-not-sealed');
    if (proposedShortlist(process)) return refuse('already-done');
    const opened = openedBids(process);
    const micro = qualitySoFar(process);
    const decided = opened.flatMap((b) => {
      const row = rows.find((r) => r.bid === b.data.bid);
      return row ? [{ ...row, tenderer: b.data.tenderer, micro: micro.get(row.bid) ?? 0 }] : [];
    });
    if (decided.length !== opened.length || rows.length !== opened.length)
      return refuse('shortlist-incomplete');
    const silent = decided.filter((r) => !r.passed && r.reason === '');
    if (silent.length > 0)
      return refuse(
        'shortlist-incomplete',
        undefined,
        Object.fromEntries(silent.map((r) => [`${r.bid}.reason`, 'required'])),
      );
    return {
      ok: true,
      records: [
        { type: 'shortlist-proposed', role: 'officer', refs: [sealed.commitment], data: { rows: decided } },
      ],
    };
  },
);

const onProposed = (
  process: Process,
  decide: (proposed: Filed<'shortlist-proposed'>) => Decision,
): Decision => {
  const proposed = proposedShortlist(process);
  return proposed ? decide(proposed) : refuse('already-done');
};

export const refuseShortlist = act(z.strictObject({ reason: text(2000) }), (process, { reason }) =>
  onProposed(process, ({ commitment }) => ({
    ok: true,
    records: [
      {
        type: 'shortlist-refused',
        role: 'approver',
        refs: [commitment],
        data: { proposed: commitment, reason },
      },
    ],
  })),
);

/** Four eyes. Where nobody passed, the lot ends here. */
export const approveShortlist = act(z.strictObject({ proposed: hex32 }), (process, input, { actor }) =>
  onProposed(process, ({ commitment, actor: by, data }) => {
    if (by.person === actor.person) return refuse('self-approval');
    if (commitment !== input.proposed) return refuse('draft-changed');
    const records: NewRecord[] = [
      { type: 'shortlist-approved', role: 'approver', refs: [commitment], data: { proposed: commitment } },
    ];
    if (!data.rows.some((row) => row.passed))
      records.push({
        type: 'tender-unsuccessful',
        role: 'approver',
        refs: [commitment],
        data: { reason: 'none-shortlisted', bids: data.rows.length, minimum: minimumBids(process) },
      });
    return { ok: true, records };
  }),
);
