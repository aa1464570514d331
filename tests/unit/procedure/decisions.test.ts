import { describe, expect, it } from 'vitest';
import { completeNotice, pendingKeyset } from '@/lib/procedure/acts/publication';
import { documentsInput } from '@/lib/procedure/decision';
import { committee } from '@/lib/procedure/state';
import { toHex } from '@/lib/record/hex';
import { keySetDigest } from '@/lib/sealing/keyset';
import {
  officer,
  approver,
  machine,
  org,
  tenderer,
  published,
  bid,
  bidA,
  bidB,
  withBids,
  valid,
  invalid,
  open,
} from './opened';
import {
  actor,
  after,
  at,
  closed,
  codeOf,
  decides,
  DRAFT,
  emptyProcess,
  ENTITY,
  filed,
  recordsOf,
  sha,
  withRecords,
} from './pure';

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

  it('a deputy stands in for a member who is none, and adds no seat to those that release', () => {
    const member = (person: string) => ({ person, seat: 'observer' as const, organization: ENTITY });
    const deputy = (person: string, deputyFor?: number) => ({
      ...member(person),
      seat: 'deputy' as const,
      ...(deputyFor === undefined ? {} : { deputyFor }),
    });
    const appoint = (k: number, ...members: object[]) =>
      decides(emptyProcess(), 'appoint-committee', officer, { k, members });
    const [record] = recordsOf(emptyProcess(), 'appoint-committee', officer, {
      k: 2,
      members: [member('a'), member('b'), deputy('c', 2), deputy('d')],
    });
    expect(record?.data).toMatchObject({
      members: [{ index: 1 }, { index: 2 }, { index: 3, seat: 'deputy', deputyFor: 2 }, { index: 4 }],
    });
    expect(appoint(3, member('a'), member('b'), deputy('c', 2))).toMatchObject({
      code: 'invalid-input',
      fieldErrors: { k: 'threshold' },
    });
    expect(appoint(3, member('a'), member('b'), deputy('c'))).toMatchObject({ ok: true });
    for (const wrong of [deputy('c', 3), deputy('c', 4), { ...member('c'), deputyFor: 1 }])
      expect(appoint(1, member('a'), member('b'), wrong)).toMatchObject({
        code: 'invalid-input',
        fieldErrors: { 'members.2.deputyFor': 'deputy' },
      });
  });

  it('a key is tested by a member, once the keys of all are there; the last test counts', () => {
    const seat = (index: number) => ({
      index,
      person: `m${index}`,
      seat: 'observer' as const,
      organization: ENTITY,
    });
    const appointed = withRecords(
      emptyProcess(),
      filed('committee-appointed', { k: 1, members: [seat(1), seat(2)] }),
    );
    const accepts = (index: number) =>
      filed('committee-accepted', { index, x25519: sha(`x${index}`), key: sha(`key${index}`) });
    const input = { id: '01900000-0000-7000-8000-0000000000aa', time: at(0), signature: '00'.repeat(64) };
    const one = withRecords(appointed, accepts(1));
    expect(codeOf(appointed, 'rehearse-key', actor('m1'), input)).toBe('committee-incomplete');
    expect(codeOf(one, 'rehearse-key', actor('m1'), input)).toBe('committee-incomplete');
    const both = withRecords(one, accepts(2));
    expect(codeOf(both, 'rehearse-key', officer, input)).toBe('not-in-committee');
    const [record] = recordsOf(both, 'rehearse-key', actor('m2'), input);
    expect(record).toMatchObject({
      data: { index: 2, digest: toHex(keySetDigest(pendingKeyset(both)!)) },
      signed: { id: input.id, time: input.time },
      signatures: [{ alg: 'ed25519', key: sha('key2'), signature: input.signature }],
    });
    const tested = after(both, 'rehearse-key', actor('m2'), input);
    const again = after(tested, 'rehearse-key', actor('m2'), input);
    expect(committee(tested)?.seats.map((s) => s.rehearsed?.data.index)).toEqual([undefined, 2]);
    expect(committee(again)?.seats[1]?.rehearsed).toBe(again.filed.at(-1));
    const anew = withRecords(again, filed('committee-appointed', { k: 1, members: [seat(1), seat(2)] }));
    expect(committee(anew)?.seats.map((s) => s.rehearsed)).toEqual([null, null]);
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
    expect(
      recordsOf(withBids, 'release-shares', actor('m2'), { unopenable: [], shares })[0]?.data,
    ).toMatchObject({ shares: shares.map((s) => ({ ...s, index: 2 })) });
    expect(codeOf(withBids, 'release-shares', actor('nobody'), { unopenable: [], shares })).toBe(
      'not-in-committee',
    );
  });

  it('does not let a wrongly sealed share keep a member from opening the other bids', () => {
    const [shut, open] = [bidA, bidB].map((b) => ({ bid: b.commitment, share: '5a'.repeat(32) }));
    const named = { shares: [open], unopenable: [shut?.bid] };
    expect(recordsOf(withBids, 'release-shares', actor('m2'), named)[0]?.data).toMatchObject({
      shares: [{ ...open, index: 2 }],
      unopenable: [shut?.bid],
    });
    const silent = { shares: [open], unopenable: [] };
    expect(codeOf(withBids, 'release-shares', actor('m2'), silent)).toBe('shares-incomplete');
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
  const input = {
    envelopes: [{ lot: '', part: '' as const, envelope: sealed.sha256, replaces: null }],
    bidKey: sha('key'),
    keyset: sha('keyset'),
  };

  it('state the tenderer, the envelope and its size', () => {
    const [record] = recordsOf(published(), 'submit-bid', tenderer(7), input, { uploads: [sealed] });
    expect(record?.data).toEqual({
      tenderer: org(7),
      envelope: sealed.sha256,
      size: 9,
      bidKey: sha('key'),
      keyset: sha('keyset'),
      replaces: null,
    });
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
