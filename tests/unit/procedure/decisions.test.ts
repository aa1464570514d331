import { describe, expect, it } from 'vitest';
import { completeNotice } from '@/lib/procedure/acts/publication';
import { qualityCriteria, rankingInput } from '@/lib/procedure/acts/evaluation';
import { documentsInput } from '@/lib/procedure/decision';
import { operatorActor } from '@/lib/procedure/roles';
import { intendedAward, last, type Process } from '@/lib/procedure/state';
import type { Notice } from '@/lib/record/notice';
import {
  actor,
  after,
  at,
  closed,
  codeOf,
  DRAFT,
  emptyProcess,
  ENTITY,
  filed,
  NOW,
  recordsOf,
  sha,
  withRecords,
} from './pure';

const officer = actor('officer', ENTITY, 'officer');
const approver = actor('approver', ENTITY, 'approver');
const machine = operatorActor('registry.example');
const org = (n: number) => ({ id: `org-${n}`, name: `Tenderer ${n}` });
const tenderer = (n: number) => actor(`tenderer-${n}`, org(n), 'tenderer');
const judges = [1, 2, 3].map((n) => actor(`judge-${n}`, { id: 'org-j', name: 'J' }, 'evaluator'));
const opening = { time: at(0), bidsDue: at(120), standstill: 60, blockNumber: 1, transactionHash: '0x' };

const keyset = { v: 1 as const, chainId: 31337, contract: '0x', ocid: 'o', n: 0, k: 0, members: [] };
const published = (): Process =>
  withRecords(
    emptyProcess({ draft: null, chain: { opening, announcement: null, closures: [] } }),
    filed('committee-appointed', {
      k: 2,
      members: ['m1', 'm2', 'm3'].map((person, i) => ({
        index: i + 1,
        person,
        seat: 'observer' as const,
        organization: ENTITY,
      })),
    }),
    filed('notice', { tender: DRAFT as Notice, keyset, keysetHash: sha('keyset') }),
  );

const bid = (n: number) =>
  filed('bid', { tenderer: org(n), envelope: sha(`envelope ${n}`), size: 1, bidKey: sha('key') });
const bidA = bid(1);
const bidB = bid(2);
const withBids = closed(withRecords(published(), bidA, bidB), 0, 1, 2);

const valid = (of: typeof bidA, total: string) => ({
  outcome: 'valid' as const,
  bid: of.commitment,
  seed: sha('seed'),
  priceForm: {
    currency: 'EUR',
    items: [{ itemId: '1', quantity: '1', unitPrice: total, amount: total }],
    total,
  },
  files: [],
});
const invalid = (of: typeof bidA) => ({
  outcome: 'invalid' as const,
  bid: of.commitment,
  seed: null,
  code: 'payload-hash',
});
const openedAt = at(130);
const open = (...openings: unknown[]) => ({ openings, openedAt });

describe('publication', () => {
  it('a draft says which fields are missing, by their path', () => {
    const outcome = completeNotice({
      ...DRAFT,
      title: ' ',
      items: [],
      criteria: [{ ...DRAFT.criteria[0]!, weight: 50 }],
    });
    expect(outcome).toMatchObject({
      ok: false,
      code: 'invalid-input',
      fieldErrors: { title: 'required', items: 'items' },
    });
    expect(completeNotice(null)).toMatchObject({ ok: false, code: 'invalid-input' });
    expect(completeNotice(DRAFT)).toMatchObject({ ok: true });
  });

  it.each([
    [
      'weights-not-100',
      { criteria: [{ ...DRAFT.criteria[0]!, weight: 50 }, DRAFT.criteria[1]!] },
      'criteria',
    ],
    ['duplicate-id', { items: [DRAFT.items[0]!, DRAFT.items[0]!] }, 'items'],
    ['currency-differs', { currency: 'CNY' }, 'value.currency'],
    ['whole-second', { bidsDue: '2026-06-01T12:02:00.500Z' }, 'bidsDue'],
    ['amount', { value: { amount: '1,000', currency: 'EUR' } }, 'value.amount'],
  ] as const)('a notice with %s is not complete', (code, change, field) => {
    const outcome = completeNotice({ ...DRAFT, ...structuredClone(change) } as typeof DRAFT);
    expect(outcome.ok ? {} : outcome.fieldErrors).toMatchObject({ [field]: code });
  });

  it('a committee has distinct members, and no more keys needed than there are', () => {
    const member = (person: string) => ({ person, seat: 'observer' as const, organization: ENTITY });
    const input = { k: 2, members: [member('a'), member('b'), member('c')] };
    expect(codeOf(emptyProcess(), 'appoint-committee', officer, input)).toBe('ok');
    expect(codeOf(emptyProcess(), 'appoint-committee', officer, { ...input, k: 4 })).toBe('invalid-input');
    const twice = { k: 2, members: [member('a'), member('a')] };
    expect(codeOf(emptyProcess(), 'appoint-committee', officer, twice)).toBe('invalid-input');
  });

  it('nothing can be withdrawn, refused or approved that nobody asked for', () => {
    expect(codeOf(emptyProcess(), 'withdraw-request', officer, {})).toBe('already-done');
    expect(codeOf(emptyProcess(), 'refuse-publication', approver, { reason: 'x' })).toBe('already-done');
    expect(codeOf(emptyProcess(), 'approve-publication', approver, { digest: sha('x') })).toBe(
      'already-done',
    );
  });
});

describe('opening', () => {
  it('files all bids together with their report, whatever came of each', () => {
    const records = recordsOf(withBids, 'open-bids', machine, open(valid(bidB, '90.00'), invalid(bidA)));
    expect(records.map((r) => r.type)).toEqual(['bid-invalid', 'bid-opened', 'opening-report']);
    expect(records[2]?.data).toMatchObject({
      bids: [
        { bid: bidA.commitment, outcome: 'invalid', total: null },
        { bid: bidB.commitment, outcome: 'valid', total: '90.00', currency: 'EUR' },
      ],
    });
  });

  it('files none while one is missing, or another is named that nobody filed', () => {
    expect(codeOf(withBids, 'open-bids', machine, open(valid(bidA, '90.00')))).toBe('bids-undecided');
    expect(codeOf(withBids, 'open-bids', machine, open(valid(bidA, '1'), valid(bidA, '1')))).toBe(
      'bids-undecided',
    );
    const three = open(valid(bidA, '1'), valid(bidB, '1'), valid(bid(3), '1'));
    expect(codeOf(withBids, 'open-bids', machine, three)).toBe('bids-undecided');
  });

  it('opens nothing below the fewest bids, and only then is the tender unsuccessful for that', () => {
    const alone = closed(withRecords(published(), bidA), 0, 1, 2);
    expect(codeOf(alone, 'open-bids', machine, open(valid(bidA, '1')))).toBe('too-few-bids');
    expect(recordsOf(alone, 'declare-unsuccessful', machine, {})[0]?.data).toEqual({
      reason: 'fewer-than-minimum',
      bids: 1,
      minimum: 2,
    });
    expect(codeOf(withBids, 'declare-unsuccessful', machine, {})).toBe('already-done');
  });

  it('ends unsuccessfully when no bid is valid, with the report of all', () => {
    const records = recordsOf(withBids, 'open-bids', machine, open(invalid(bidA), invalid(bidB)));
    expect(records.map((r) => r.type)).toEqual([
      'bid-invalid',
      'bid-invalid',
      'opening-report',
      'tender-unsuccessful',
    ]);
    expect(records[3]?.data).toMatchObject({ reason: 'no-valid-bid' });
  });

  it('takes shares of every live bid from a member, under the index of its seat', () => {
    const share = '5a'.repeat(32);
    const shares = [bidA, bidB].map((b) => ({ bid: b.commitment, share }));
    expect(recordsOf(withBids, 'release-shares', actor('m2'), { shares })[0]?.data).toMatchObject({
      index: 2,
    });
    expect(codeOf(withBids, 'release-shares', actor('nobody'), { shares })).toBe('not-in-committee');
  });
});

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

describe('what a form says of documents', () => {
  const upload = '01900000-0000-7000-8000-00000000aaaa';
  const accepts = (language: string) =>
    documentsInput.safeParse([{ upload, title: 'Contract', language }]).success;

  it('takes no language tag that its record could not hold', () => {
    expect(accepts('zh-Hant-TW')).toBe(true);
    expect(accepts('en-aaaaaaaa-bbbbbbbb-cccccccc-dddddddd')).toBe(false);
    expect(accepts('English')).toBe(false);
  });
});

describe('bids', () => {
  const sealed = {
    id: '01900000-0000-7000-8000-00000000bbbb',
    kind: 'envelope' as const,
    name: 'e',
    mediaType: 'x/y',
    size: 9,
    sha256: sha('sealed'),
  };
  const input = { envelope: sealed.sha256, bidKey: sha('key') };

  it('state the tenderer, the envelope and its size', () => {
    const [record] = recordsOf(published(), 'submit-bid', tenderer(7), input, { uploads: [sealed] });
    expect(record?.data).toEqual({ tenderer: org(7), envelope: sealed.sha256, size: 9, bidKey: sha('key') });
  });

  it('want the envelope, one for each organization, none twice', () => {
    expect(codeOf(published(), 'submit-bid', tenderer(7), input)).toBe('upload-missing');
    const document = { ...sealed, kind: 'document' as const };
    expect(codeOf(published(), 'submit-bid', tenderer(7), input, { uploads: [document] })).toBe(
      'upload-missing',
    );
    const first = after(published(), 'submit-bid', tenderer(7), input, { uploads: [sealed] });
    expect(codeOf(first, 'submit-bid', tenderer(7), input, { uploads: [sealed] })).toBe('already-bid');
    expect(codeOf(first, 'submit-bid', tenderer(8), input, { uploads: [sealed] })).toBe('upload-duplicate');
  });
});
