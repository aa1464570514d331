import { describe, expect, it } from 'vitest';
import { qualityCriteria, rankingInput } from '@/lib/procedure/acts/evaluation';
import { intendedAward, last, type Process } from '@/lib/procedure/state';
import { officer, approver, machine, org, judges, bidA, bidB, withBids, valid, open } from './opened';
import { after, at, closed, codeOf, filed, NOW, recordsOf, sha, withRecords } from './pure';

const afterOpening = closed(
  after(withBids, 'open-bids', machine, open(valid(bidA, '100.00'), valid(bidB, '80.00'))),
  3,
);
const evaluators = judges.map((j) => j.person);

function evaluated(): Process {
  let process = after(afterOpening, 'appoint-evaluators', officer, { evaluators });
  for (const judge of judges) {
    process = after(process, 'declare-interests', judge, { conflict: false, statement: '' });
    const scores = [bidA, bidB].map((b) => ({
      bid: b.commitment,
      criterion: 'quality',
      score: 50,
      comment: '',
    }));
    process = after(process, 'file-scores', judge, { scores });
  }
  return process;
}

describe('evaluation and award', () => {
  it('seals the sheets when all are in, and ranks only once the list is anchored', () => {
    const process = evaluated();
    const missing = { ...process, filed: process.filed.slice(0, -1) };
    expect(codeOf(missing, 'seal-scores', machine, {})).toBe('scores-incomplete');
    expect(codeOf(process, 'rank-bids', machine, {})).toBe('scores-not-sealed');
    const sealed = after(process, 'seal-scores', machine, {});
    expect(codeOf(sealed, 'seal-scores', machine, {})).toBe('already-done');
    const floating = {
      ...sealed,
      filed: sealed.filed.map((f) => ({ ...f, anchorIndex: f.type === 'scores-sealed' ? null : 0 })),
    };
    expect(codeOf(floating, 'rank-bids', machine, {})).toBe('scores-not-sealed');
    const ranked = after(sealed, 'rank-bids', machine, {});
    expect(last(ranked, 'ranking')?.data.rows.map((r) => [r.tenderer.id, r.rank])).toEqual([
      ['org-2', 1],
      ['org-1', 2],
    ]);
    expect(codeOf(ranked, 'rank-bids', machine, {})).toBe('already-done');
  });

  it('ranks by the sealed sheets alone: one that is not in the list does not count', () => {
    const sealed = after(evaluated(), 'seal-scores', machine, {});
    const scores = [{ bid: bidA.commitment, criterion: 'quality', score: 100, comment: '' }];
    const late = withRecords(
      sealed,
      filed('score-sheet', { scores }, { actor: { organization: 'o', person: 'late', role: 'evaluator' } }),
    );
    expect(rankingInput(late)).toEqual(rankingInput(sealed));
    expect(rankingInput(late).sheets).toHaveLength(3);
    expect(qualityCriteria(late).map((c) => c.id)).toEqual(['quality']);
  });

  it('lets nobody be appointed anew after the sheets are sealed', () => {
    const sealed = after(evaluated(), 'seal-scores', machine, {});
    expect(codeOf(sealed, 'appoint-evaluators', officer, { evaluators })).toBe('already-done');
  });

  it('proposes the first at its price, is approved by another, refused with a reason, proposed again', () => {
    const ranked = after(after(evaluated(), 'seal-scores', machine, {}), 'rank-bids', machine, {});
    const input = { bid: bidB.commitment, reasons: 'Most points.' };
    expect(codeOf(ranked, 'propose-award', officer, { ...input, bid: bidA.commitment })).toBe(
      'not-ranked-first',
    );
    const proposed = after(ranked, 'propose-award', officer, input);
    expect(intendedAward(proposed)?.data).toMatchObject({
      supplier: org(2),
      value: { amount: '80.00', currency: 'EUR' },
    });
    const intended = intendedAward(proposed)?.commitment ?? '';
    expect(codeOf(proposed, 'approve-award', officer, { intended })).toBe('self-approval');
    const refused = after(proposed, 'refuse-award', approver, { reason: 'Thin.' });
    expect(codeOf(refused, 'approve-award', approver, { intended })).toBe('no-award-intended');
    expect(codeOf(refused, 'propose-award', officer, input)).toBe('ok');
    expect(codeOf(proposed, 'approve-award', approver, { intended })).toBe('ok');
  });

  it('announces once, with the whole standstill before it; anew only when the chain cannot take it any more', () => {
    const ranked = after(after(evaluated(), 'seal-scores', machine, {}), 'rank-bids', machine, {});
    const proposed = after(ranked, 'propose-award', officer, { bid: bidB.commitment, reasons: 'x' });
    const announce = (seconds: number) => ({ standstillEnds: at(seconds), documents: [] });
    expect(codeOf(proposed, 'announce-award', machine, announce(100))).toBe('evaluation-not-closed');
    const ready = closed(proposed, 4);
    expect(codeOf(ready, 'announce-award', machine, announce(59))).toBe('standstill-too-short');
    expect(codeOf(ready, 'announce-award', machine, announce(60))).toBe('ok');
    const announced = after(ready, 'announce-award', machine, announce(100));
    expect(codeOf(announced, 'announce-award', machine, announce(200))).toBe('already-done');
    // At 41 s and a second's grace, 60 s of standstill no longer fit before second 100.
    expect(codeOf(announced, 'announce-award', machine, announce(200), { now: NOW + 41_000 })).toBe(
      'already-done',
    );
    expect(codeOf(announced, 'announce-award', machine, announce(200), { now: NOW + 41_001 })).toBe('ok');
  });

  it('confirms what was announced and files the contract for it, once each, with documents that are there', () => {
    const award = {
      announced: sha('a'),
      supplier: org(2),
      value: { amount: '80.00', currency: 'EUR' },
      statement: '',
    };
    expect(codeOf(afterOpening, 'confirm-award', officer, { statement: '', documents: [] })).toBe(
      'no-award-intended',
    );
    const awarded = withRecords(afterOpening, filed('award', award));
    const upload = '01900000-0000-7000-8000-00000000aaaa';
    const uploads = [
      {
        id: upload,
        kind: 'document' as const,
        name: 'c.pdf',
        mediaType: 'application/pdf',
        size: 1,
        sha256: sha('c'),
      },
    ];
    const documents = [{ upload, title: 'Contract', language: 'en' }];
    const input = { dateSigned: '2026-06-01', statement: '', documents };
    expect(codeOf(awarded, 'file-contract', officer, input)).toBe('upload-missing');
    expect(
      codeOf(awarded, 'file-contract', officer, { ...input, dateSigned: '2026-06-09' }, { uploads }),
    ).toBe('invalid-input');
    const [contract] = recordsOf(awarded, 'file-contract', officer, input, { uploads });
    expect(contract).toMatchObject({
      data: { supplier: org(2), value: award.value },
      documents: [{ id: upload, title: 'Contract' }],
    });
    const envelopes = [{ ...uploads[0]!, kind: 'envelope' as const }];
    expect(codeOf(awarded, 'file-contract', officer, input, { uploads: envelopes })).toBe('upload-missing');
    const done = after(awarded, 'file-contract', officer, input, { uploads });
    expect(codeOf(done, 'file-contract', officer, input, { uploads })).toBe('already-done');
  });
});
