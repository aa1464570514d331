import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayRead, PUBLIC_VIEWER, visibleTo } from '@/lib/procedure/disclosure';
import { isWhole, PERMITTED } from '@/lib/procedure/permissions';
import { FILING_STAGE, PHASES } from '@/lib/procedure/phases';
import { phaseAt } from '@/lib/procedure/phase-at';
import { bidsToOpen, liveBids, minimumBids, shortlist, tenderersOf } from '@/lib/procedure/state';
import { inUnit, itemsOf, scopes, units } from '@/lib/procedure/scopes';
import { envelopesOf, unitBefore, unitId, unitsOf } from '@/lib/procedure/units';
import {
  bidFor,
  closedUnit,
  divided,
  DIVIDED,
  financial,
  FINANCIAL,
  judged,
  ofUnit,
  OTHER,
  sealedBid,
  TECHNICAL,
  technical,
} from './divided';
import { approver, officer, published } from './opened';
import { after, at, closed, codeOf, filed, NOW, recordsOf, withRecords } from './pure';

const LATER = NOW + 10_000_000;

describe('the units of a notice', () => {
  it('are none where it has neither lots nor a second envelope: then one envelope is sealed', () => {
    const whole = { lots: [], envelopes: 'one' as const };
    expect(unitsOf(whole)).toEqual([]);
    expect(envelopesOf(whole)).toEqual([{ lot: '', part: '' }]);
  });

  it('are its lots, times its parts, each once, in the order of the notice', () => {
    const lot = fc.record({
      id: fc.string({ minLength: 1, maxLength: 8 }),
      title: fc.string(),
      description: fc.string(),
    });
    const notice = fc.record({
      lots: fc.uniqueArray(lot, { maxLength: 6, selector: (l) => l.id }),
      envelopes: fc.constantFrom('one' as const, 'two' as const),
    });
    fc.assert(
      fc.property(notice, (n) => {
        const list = envelopesOf(n);
        expect(list).toHaveLength(Math.max(1, n.lots.length) * (n.envelopes === 'two' ? 2 : 1));
        expect(new Set(list.map((u) => JSON.stringify(u))).size).toBe(list.length);
        for (const unit of list) {
          const before = unitBefore(unit);
          // The technical part comes first, so that the chain knows it when the financial one names it.
          if (before)
            expect(list.findIndex((u) => u.lot === before.lot && u.part === before.part)).toBeLessThan(
              list.indexOf(unit),
            );
          expect(before === null).toBe(unit.part !== 'financial');
        }
      }),
    );
  });

  it('each have the items of their lot', () => {
    expect(itemsOf(technical(divided())).map((i) => i.id)).toEqual(['1']);
    expect(itemsOf(inUnit(divided(), OTHER)).map((i) => i.id)).toEqual(['2']);
    expect(itemsOf(divided())).toHaveLength(2);
  });
});

describe('a process seen through one of its units', () => {
  it('has the records that all share and its own, never those of another', () => {
    const process = withRecords(bidFor(), sealedBid(9, OTHER));
    for (const unit of units(process)) {
      const scope = inUnit(process, unit);
      expect(scope.filed.filter((f) => f.unit === null)).toEqual(
        process.filed.filter((f) => f.unit === null),
      );
      expect(scope.filed.every((f) => f.unit === null || unitId(f.unit) === unitId(unit))).toBe(true);
    }
    const bids = scopes(process).flatMap((scope) => liveBids(scope));
    expect(bids).toHaveLength(liveBids(process).length);
    expect(tenderersOf(process)).toBe(3);
    expect(tenderersOf(technical(process))).toBe(2);
  });

  it('has its own closures from the opening on, and those of the process before', () => {
    const process = closedUnit(bidFor(), TECHNICAL, 3);
    expect(technical(process).chain.closures.map((c) => c.stage)).toEqual([0, 1, 2, 3]);
    expect(financial(process).chain.closures.map((c) => c.stage)).toEqual([0, 1, 2]);
  });
});

describe('phases of units', () => {
  it('go from the technical part to the financial one, which waits for the shortlist on chain', () => {
    let { process } = judged();
    expect(phaseAt(technical(process), LATER)).toBe('assessment');
    expect(phaseAt(financial(process), LATER)).toBe('waiting');
    const proposed = ofUnit(TECHNICAL, 'shortlist-proposed', { rows: [] });
    process = withRecords(process, proposed);
    expect(phaseAt(technical(process), LATER)).toBe('assessment');
    process = withRecords(
      process,
      ofUnit(TECHNICAL, 'shortlist-approved', { proposed: proposed.commitment }),
    );
    expect(phaseAt(technical(process), LATER)).toBe('assessed');
    expect(phaseAt(financial(process), LATER)).toBe('waiting');
    process = closedUnit(process, TECHNICAL, 4);
    expect(phaseAt(financial(process), LATER)).toBe('opening');
  });

  it('say of the whole what has the longest way to go, and that it is over when every unit is', () => {
    let process = bidFor();
    expect(phaseAt(process, LATER)).toBe('opening');
    const end = (reason: 'fewer-than-minimum' | 'technical-part-unsuccessful') => ({
      reason,
      bids: 0,
      minimum: 2,
    });
    for (const unit of units(process).filter((u) => u.lot === 'B'))
      process = withRecords(process, ofUnit(unit, 'tender-unsuccessful', end('fewer-than-minimum')));
    expect(phaseAt(process, LATER)).toBe('opening');
    expect(phaseAt(inUnit(process, OTHER), LATER)).toBe('unsuccessful');
    for (const unit of [TECHNICAL, FINANCIAL])
      process = withRecords(process, ofUnit(unit, 'tender-unsuccessful', end('technical-part-unsuccessful')));
    expect(phaseAt(process, LATER)).toBe('unsuccessful');
  });

  it('keep a second envelope shut for good when the first came to nothing, whatever the chain froze', () => {
    const none = ofUnit(TECHNICAL, 'tender-unsuccessful', {
      reason: 'none-shortlisted',
      bids: 2,
      minimum: 2,
    });
    const process = closedUnit(withRecords(judged().process, none), TECHNICAL, 4);
    expect(phaseAt(financial(process), LATER)).toBe('waiting');
    const [record] = recordsOf(financial(process), 'declare-unsuccessful', officer, {});
    expect(record?.data).toMatchObject({ reason: 'technical-part-unsuccessful' });
  });

  it('give every act to the whole or to the units, and every record a stage that has not closed', () => {
    for (const phase of PHASES) {
      const acts = Object.keys(PERMITTED[phase]) as (keyof (typeof PERMITTED)[typeof phase])[];
      // Before the opening everything is of the whole; from then on only what ends it.
      const wholes = acts.filter((act) => isWhole(act));
      if (['draft', 'approval', 'open'].includes(phase)) expect(wholes).toEqual(acts);
      else expect(wholes.filter((act) => act !== ('order-erasure' as never))).toEqual([]);
    }
    expect(FILING_STAGE.open).toBe(1);
    expect(FILING_STAGE.opened).toBe(4);
  });
});

describe('the shortlist', () => {
  const rows = (decided: readonly boolean[]) =>
    judged().bids.map((b, i) => ({
      bid: b.commitment,
      passed: decided[i] ?? false,
      reason: decided[i] ? '' : 'Below 60.',
    }));

  it('decides on every bid, with a reason for each that does not pass, and carries the points so far', () => {
    const { process, bids } = judged();
    const decided = bids.map((b, i) => ({
      bid: b.commitment,
      passed: i === 0,
      reason: i === 0 ? '' : 'Below 60.',
    }));
    const [record] = recordsOf(technical(process), 'propose-shortlist', officer, { rows: decided });
    expect(record?.data).toMatchObject({
      rows: [
        { passed: true, micro: 36_000_000 },
        { passed: false, micro: 16_000_000, reason: 'Below 60.' },
      ],
    });
    const silent = decided.map((r) => ({ ...r, reason: '' }));
    expect(codeOf(technical(process), 'propose-shortlist', officer, { rows: silent })).toBe(
      'shortlist-incomplete',
    );
    expect(codeOf(technical(process), 'propose-shortlist', officer, { rows: decided.slice(1) })).toBe(
      'shortlist-incomplete',
    );
    const twice = [...decided, decided[0]];
    expect(codeOf(technical(process), 'propose-shortlist', officer, { rows: twice })).toBe(
      'shortlist-incomplete',
    );
  });

  it('is approved by a second person, opens those who passed, and leaves the others shut with the reason', () => {
    const { process, bids } = judged();
    const decided = bids.map((b, i) => ({
      bid: b.commitment,
      passed: i === 0,
      reason: i === 0 ? '' : 'Below 60.',
    }));
    const proposed = after(technical(process), 'propose-shortlist', officer, { rows: decided });
    const [record] = proposed.filed.slice(-1);
    const whole = withRecords(process, { ...record!, unit: TECHNICAL });
    const input = { proposed: record!.commitment };
    expect(codeOf(technical(whole), 'approve-shortlist', officer, input)).toBe('self-approval');
    expect(codeOf(technical(whole), 'approve-shortlist', approver, { proposed: 'ab'.repeat(32) })).toBe(
      'draft-changed',
    );
    const approved = withRecords(whole, ofUnit(TECHNICAL, 'shortlist-approved', input));
    expect(shortlist(technical(approved))?.commitment).toBe(record!.commitment);
    const next = financial(closedUnit(approved, TECHNICAL, 4));
    expect(bidsToOpen(next).map((b) => b.data.tenderer.id)).toEqual(['org-1']);
    expect(liveBids(next)).toHaveLength(2);
    expect(minimumBids(next)).toBe(1);
    const [, reportRecord] = recordsOf(next, 'open-bids', officer, {
      openings: bidsToOpen(next).map((b) => ({
        outcome: 'invalid',
        bid: b.commitment,
        seed: null,
        code: 'payload-hash',
      })),
      openedAt: at(300),
    });
    expect(reportRecord?.data).toMatchObject({
      unopened: [{ tenderer: { id: 'org-2' }, reason: 'not-shortlisted' }],
      leaves: liveBids(next).map((b) => ({ commitment: b.commitment, standing: 'live' })),
    });
  });

  it('ends the lot where nobody passes', () => {
    const { process } = judged();
    const proposed = after(technical(process), 'propose-shortlist', officer, {
      rows: rows([false, false]).map((r, i) => ({ ...r, bid: judgedBid(process, i) })),
    });
    const input = { proposed: proposed.filed.at(-1)?.commitment };
    expect(recordsOf(proposed, 'approve-shortlist', approver, input).map((r) => r.type)).toEqual([
      'shortlist-approved',
      'tender-unsuccessful',
    ]);
  });
});

const judgedBid = (process: ReturnType<typeof bidFor>, i: number): string =>
  liveBids(technical(process))[i]?.commitment ?? '';

describe('disclosure by unit', () => {
  it('shows the bids of a unit with its own opening report, not with another’s', () => {
    const { process } = judged();
    const bids = process.filed.filter((f) => f.type === 'bid');
    for (const bid of bids) expect(mayRead(process, bid, PUBLIC_VIEWER)).toBe(bid.unit?.part === 'technical');
    const shown = visibleTo(process, PUBLIC_VIEWER);
    expect(shown.filed.filter((f) => f.type === 'bid').every((f) => f.unit?.part === 'technical')).toBe(true);
    expect(
      visibleTo(financial(process), PUBLIC_VIEWER).before?.filed.some((f) => f.type === 'score-sheet'),
    ).toBe(false);
  });

  it('shows the sheets of the first envelopes with the announcement of the award on the second', () => {
    const { process } = judged();
    const sheet = process.filed.find((f) => f.type === 'score-sheet')!;
    expect(mayRead(process, sheet, PUBLIC_VIEWER)).toBe(false);
    const announcement = { commitment: 'ab'.repeat(32), standstillEnds: at(900), time: at(600) };
    const chain = {
      ...process.chain,
      units: process.chain.units.map((u) =>
        unitId(u.unit) === unitId(FINANCIAL) ? { ...u, announcement } : u,
      ),
    };
    expect(mayRead({ ...process, chain }, sheet, PUBLIC_VIEWER)).toBe(true);
  });

  it('keeps the shortlist from the public until the chain has closed the evaluation of the first envelopes', () => {
    const proposed = ofUnit(TECHNICAL, 'shortlist-proposed', { rows: [] });
    const approved = ofUnit(TECHNICAL, 'shortlist-approved', { proposed: proposed.commitment });
    const process = withRecords(judged().process, proposed, approved);
    expect(mayRead(process, proposed, PUBLIC_VIEWER)).toBe(false);
    expect(mayRead(closedUnit(process, TECHNICAL, 4), proposed, PUBLIC_VIEWER)).toBe(true);
  });
});

describe('an undivided process', () => {
  it('is its own and only scope', () => {
    const process = closed(published(), 0);
    expect(scopes(process)).toEqual([process]);
    expect(units(process)).toEqual([]);
    expect(filed('notice', { tender: DIVIDED } as never).unit).toBeNull();
  });
});
