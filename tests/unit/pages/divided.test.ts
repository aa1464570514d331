import { describe, expect, it } from 'vitest';
import { sectionId, shownOf } from '@/app/[locale]/(public)/tenders/[ocid]/shown';
import { lotStandings, pageScope, unitHref } from '@/components/procedure/divided';
import { nextSteps } from '@/components/procedure/next-steps';
import type { Process } from '@/lib/procedure/state';
import { units } from '@/lib/procedure/scopes';
import type { Unit } from '@/lib/procedure/units';
import { at, filed } from '../procedure/pure';
import { closedIn, dividedProcess, viewOf, withFiled } from './divided';

const report = (unit: Unit) =>
  filed(
    'opening-report',
    { openedAt: at(140), members: [], seedsGiven: [], bids: [], unopened: [], leaves: [] },
    { unit },
  );
const unsuccessful = (unit: Unit) =>
  filed('tender-unsuccessful', { reason: 'fewer-than-minimum', bids: 1, minimum: 2 }, { unit });

const technical: Unit = { lot: 'L1', part: 'technical' };
const financial: Unit = { lot: 'L1', part: 'financial' };
/** Bids are closed; the technical part of the first lot is being judged, the second lot has ended. */
function underWay(): Process {
  const closed = closedIn(dividedProcess(2, 'two'), null, 0, 1, 2);
  return closedIn(
    withFiled(closed, report(technical), unsuccessful({ lot: 'L2', part: 'technical' })),
    technical,
    3,
  );
}

describe('lots on a page', () => {
  it('stand where their first envelope does, until that one is decided', () => {
    const standings = lotStandings(viewOf(underWay()).units);
    expect(standings.map(({ lot, phase }) => [lot, phase])).toEqual([
      ['L1', 'assessment'],
      ['L2', 'unsuccessful'],
    ]);
    const decided = viewOf(underWay()).units.map((row) =>
      row.unit.lot === 'L1' && row.unit.part === 'technical' ? { ...row, phase: 'assessed' as const } : row,
    );
    expect(lotStandings(decided)[0]?.phase).toBe('waiting');
  });

  it('are awarded in their last unit', () => {
    expect(lotStandings(viewOf(underWay()).units)[0]?.deciding).toEqual(financial);
    expect(lotStandings(viewOf(dividedProcess(1, 'one')).units)[0]?.deciding).toEqual({
      lot: 'L1',
      part: '',
    });
    expect(lotStandings([])).toEqual([]);
  });

  it('leave out the records and closures of the others, and keep what all share', () => {
    const process = closedIn(underWay(), { lot: 'L2', part: 'technical' }, 3);
    const page = pageScope(process, [technical, financial]);
    const types = new Set(page.filed.map((f) => f.type));
    expect([...types]).toEqual(['committee-appointed', 'committee-accepted', 'notice', 'opening-report']);
    expect(page.chain.closures.map((c) => [c.unit, c.stage])).toEqual([
      [null, 0],
      [null, 1],
      [null, 2],
      [technical, 3],
    ]);
  });
});

describe('what the page of a tender shows', () => {
  it('is the whole where nothing is divided', () => {
    const view = viewOf(dividedProcess(0, 'one'));
    expect(shownOf(view, undefined)).toEqual({
      lot: undefined,
      alone: false,
      scopes: [{ process: view.process, phase: view.phase }],
      process: view.process,
    });
    expect(shownOf(view, '/')).toBeNull();
  });

  it('is an overview of lots, or all parts of the lot that is asked for', () => {
    const view = viewOf(underWay());
    const overview = shownOf(view, undefined);
    expect(overview).toMatchObject({ lot: undefined, alone: false, scopes: [] });
    const lot = shownOf(view, 'L1/technical');
    expect(lot).toMatchObject({ lot: { lot: 'L1' }, alone: true });
    expect(lot?.scopes.map((s) => s.process.unit)).toEqual([financial, technical]);
    for (const unknown of ['', 'L1', 'L1/', 'L3/technical']) expect(shownOf(view, unknown)).toBeNull();
  });

  it('is both parts of a tender without lots, each section under an id of its own', () => {
    const shown = shownOf(viewOf(dividedProcess(0, 'two')), undefined);
    if (!shown) throw new Error('nothing is shown');
    expect(shown).toMatchObject({ lot: { lot: '' }, alone: false });
    expect(shown.scopes.map((s) => sectionId(shown, s.process)('opening'))).toEqual([
      'opening-financial',
      'opening-technical',
    ]);
    const [only] = shownOf(viewOf(dividedProcess(1, 'one')), 'L1/')?.scopes ?? [];
    const alone = shownOf(viewOf(dividedProcess(1, 'one')), 'L1/');
    expect(alone && only && sectionId(alone, only.process)('opening')).toBe('opening');
  });
});

describe('what is to be done in lots', () => {
  const judged = (count: number) => {
    const process = closedIn(dividedProcess(count, 'one'), null, 0, 1, 2);
    return units(process).reduce((p, unit) => closedIn(withFiled(p, report(unit)), unit, 3), process);
  };

  it('leads to each lot where they are few, and to a list of them where they are many', () => {
    const steps = (count: number) => nextSteps(viewOf(judged(count), {}, ['appoint-evaluators']));
    const page = `/tenders/${judged(1).ocid}/evaluation`;
    expect(steps(2)).toEqual(
      ['L1', 'L2'].map((lot) => ({
        act: 'appoint-evaluators',
        unit: { lot, part: '' },
        units: 1,
        href: `${page}?unit=${lot}%2F`,
      })),
    );
    expect(steps(40)).toEqual([{ act: 'appoint-evaluators', unit: null, units: 40, href: page }]);
  });

  it('is not what was done in that lot already', () => {
    const unit: Unit = { lot: 'L1', part: '' };
    const process = withFiled(judged(2), filed('evaluators-appointed', { evaluators: ['e'] }, { unit }));
    const steps = nextSteps(viewOf(process, {}, ['appoint-evaluators']));
    expect(steps.map((step) => step.unit?.lot)).toEqual(['L2']);
  });

  it('names no page for acts of the machine, and nothing to a citizen', () => {
    expect(nextSteps(viewOf(judged(2), { may: ['order-erasure'] }, ['open-bids']))).toEqual([]);
    expect(nextSteps(viewOf(judged(2), { signedIn: null }, ['appoint-evaluators']))).toEqual([]);
  });

  it('has an address for every name that a lot can have', () => {
    const href = unitHref('/tenders/o/award', { lot: 'a/b?&#ü', part: 'financial' });
    expect(new URL(href, 'http://x').searchParams.get('unit')).toBe('a/b?&#ü/financial');
  });
});
