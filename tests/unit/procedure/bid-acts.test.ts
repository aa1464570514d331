import { describe, expect, it } from 'vitest';
import type { Upload } from '@/lib/procedure/decision';
import { all, bidStandings, liveBids, type Filed, type Process } from '@/lib/procedure/state';
import { sameUnit, type Unit } from '@/lib/procedure/units';
import { bidKeyOf, divided, FINANCIAL, sealedBid, signedAct, TECHNICAL } from './divided';
import { org, tenderer } from './opened';
import { codeOf, decides, recordsOf, sha, withRecords } from './pure';

const upload = (sha256: string): Upload => ({
  id: '01900000-0000-7000-8000-00000000bbbb',
  kind: 'envelope',
  name: 'e',
  mediaType: 'x/y',
  size: 9,
  sha256,
});

const BOTH = [TECHNICAL, FINANCIAL];
const digest = (unit: Unit, name: string) => sha(`${name} ${unit.lot} ${unit.part}`);

interface Sending {
  units?: readonly Unit[];
  name?: string;
  replaces?: (unit: Unit) => { bid: string; signature: string } | null;
  keyset?: string;
}

/** What a browser sends for these units, with the uploads that it sent before. */
function submission({
  units = BOTH,
  name = 'new',
  replaces = () => null,
  keyset = sha('keyset'),
}: Sending = {}) {
  const envelopes = units.map((unit) => ({
    ...unit,
    envelope: digest(unit, name),
    replaces: replaces(unit),
  }));
  const uploads = envelopes.map(({ envelope }) => upload(envelope));
  return { input: { envelopes, bidKey: bidKeyOf(1), keyset }, more: { uploads } };
}

const code = (process: Process, n: number, sending: Sending = {}): string => {
  const { input, more } = submission(sending);
  return codeOf(process, 'submit-bid', tenderer(n), input, more);
};

const withBid = () => withRecords(divided(), ...BOTH.map((unit) => sealedBid(1, unit)));
const own = (process: Process, unit: Unit): Filed<'bid'> =>
  liveBids(process).find((b) => b.data.tenderer.id === org(1).id && sameUnit(b.unit, unit))!;
const replacing = (process: Process, name: string) => (unit: Unit) => ({
  bid: own(process, unit).commitment,
  signature: signedAct(process, 1, own(process, unit), digest(unit, name)),
});

describe('handing in', () => {
  it('files one record for each lot and part, with its unit, under one key', () => {
    const { input, more } = submission();
    const records = recordsOf(divided(), 'submit-bid', tenderer(1), input, more);
    expect(records.map((r) => r.unit)).toEqual(BOTH);
    expect(new Set(records.map((r) => (r.data as { bidKey: string }).bidKey)).size).toBe(1);
  });

  it('refuses half a bid, an unknown lot, one envelope twice, another key set', () => {
    expect(code(divided(), 1, { units: [TECHNICAL] })).toBe('part-missing');
    expect(code(divided(), 1, { units: [...BOTH, { lot: 'C', part: 'technical' }] })).toBe('no-such-unit');
    expect(code(divided(), 1, { units: [{ lot: '', part: '' }] })).toBe('no-such-unit');
    expect(code(divided(), 1, { units: [...BOTH, TECHNICAL] })).toBe('upload-duplicate');
    expect(code(divided(), 1, { keyset: sha('another') })).toBe('keyset-changed');
  });

  it('decides all of it or nothing: one missing upload refuses every envelope', () => {
    const { input, more } = submission();
    const some = { uploads: more.uploads.slice(1) };
    expect(codeOf(divided(), 'submit-bid', tenderer(1), input, some)).toBe('upload-missing');
  });
});

describe('replacing', () => {
  it('is refused without the signature of the present bid’s key, whoever asks', () => {
    const process = withBid();
    expect(code(process, 1)).toBe('already-bid');
    const unsigned = (unit: Unit) => ({ bid: own(process, unit).commitment, signature: '00'.repeat(64) });
    expect(code(process, 1, { replaces: unsigned })).toBe('bid-signature');
    // Signed for another envelope, for withdrawing, or by another's key: not for this.
    const forged = [
      (unit: Unit) => signedAct(process, 1, own(process, unit), sha('something else')),
      (unit: Unit) => signedAct(process, 1, own(process, unit), null),
      (unit: Unit) => signedAct(process, 2, own(process, unit), digest(unit, 'new')),
    ];
    for (const by of forged) {
      const replaces = (unit: Unit) => ({ bid: own(process, unit).commitment, signature: by(unit) });
      expect(code(process, 1, { replaces })).toBe('bid-signature');
    }
  });

  it('keeps the earlier bid on record, and counts the last only', () => {
    const process = withBid();
    const { input, more } = submission({ name: 'second', replaces: replacing(process, 'second') });
    const records = recordsOf(process, 'submit-bid', tenderer(1), input, more);
    const filed = records.map((r) => ({
      ...sealedBid(1, r.unit ?? TECHNICAL, 'second'),
      data: r.data as Filed<'bid'>['data'],
    }));
    const after = withRecords(process, ...filed);
    expect(all(after, 'bid')).toHaveLength(4);
    expect(
      liveBids(after)
        .map((b) => b.commitment)
        .sort(),
    ).toEqual(filed.map((b) => b.commitment).sort());
    expect(
      bidStandings(after)
        .map((s) => s.standing)
        .sort(),
    ).toEqual(['live', 'live', 'replaced', 'replaced']);
    // The replaced one is not one's present bid any more.
    const old = (unit: Unit) => ({
      bid: own(process, unit).commitment,
      signature: signedAct(process, 1, own(process, unit), digest(unit, 'third')),
    });
    expect(code(after, 1, { name: 'third', replaces: old })).toBe('bid-not-live');
  });

  it('of another tenderer’s bid is refused before anything is verified', () => {
    const process = withBid();
    const replaces = (unit: Unit) => ({
      bid: own(process, unit).commitment,
      signature: signedAct(process, 1, own(process, unit), digest(unit, 'new')),
    });
    expect(code(process, 2, { replaces })).toBe('bid-not-live');
  });
});

describe('withdrawing', () => {
  const withdrawal = (process: Process, units: readonly Unit[]) => ({
    bids: units.map((unit) => {
      const bid = own(process, unit);
      return { bid: bid.commitment, signature: signedAct(process, 1, bid, null) };
    }),
  });

  it('takes every part of a lot back, signed; the bid stays on record and counts no more', () => {
    const process = withBid();
    const records = recordsOf(process, 'withdraw-bid', tenderer(1), withdrawal(process, BOTH));
    expect(records.map((r) => [r.type, r.unit])).toEqual(BOTH.map((unit) => ['bid-withdrawn', unit]));
    expect(codeOf(process, 'withdraw-bid', tenderer(1), withdrawal(process, [TECHNICAL]))).toBe(
      'part-missing',
    );
    const twice = { bids: [...withdrawal(process, BOTH).bids, ...withdrawal(process, [TECHNICAL]).bids] };
    expect(codeOf(process, 'withdraw-bid', tenderer(1), twice)).toBe('bid-not-live');
  });

  it('cannot be forged by an operator who acts in the tenderer’s name without its key', () => {
    const process = withBid();
    const { bids } = withdrawal(process, BOTH);
    const forged = {
      bids: bids.map((b) => ({ ...b, signature: signedAct(process, 2, own(process, TECHNICAL), null) })),
    };
    expect(codeOf(process, 'withdraw-bid', tenderer(1), forged)).toBe('bid-signature');
    expect(codeOf(process, 'withdraw-bid', tenderer(2), { bids })).toBe('bid-not-live');
  });

  it('leaves the way free for a new bid', () => {
    const process = withBid();
    const decision = decides(process, 'withdraw-bid', tenderer(1), withdrawal(process, BOTH));
    if (!decision.ok) throw new Error(decision.code);
    const records = decision.records.map((r) => ({
      ...sealedBid(1, r.unit ?? TECHNICAL),
      type: 'bid-withdrawn' as const,
      commitment: sha(`withdrawal ${r.unit?.part}`),
      data: r.data as Filed<'bid-withdrawn'>['data'],
    }));
    const after = withRecords(process, ...records);
    expect(liveBids(after)).toEqual([]);
    expect(code(after, 1)).toBe('ok');
    expect(
      bidStandings(after)
        .map((s) => s.standing)
        .sort(),
    ).toEqual(['withdrawal', 'withdrawal', 'withdrawn', 'withdrawn']);
  });
});
