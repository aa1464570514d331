import { describe, expect, it } from 'vitest';
import { emptyDraft, withLot } from '@/lib/browser/drafts/draft';
import { partnerFaults } from '@/lib/browser/bid/partners';
import { chosenLots, openTasks, plannedEnvelopes, stepAfter, taskGroups } from '@/lib/browser/bid/plan';
import { hashOf, stepOf } from '@/lib/browser/bid/steps';
import { AT, bidding, completeDraft, DIVIDED, own, priced, WHOLE } from './fixture';

const states = (...given: Parameters<typeof bidding>) =>
  taskGroups(bidding(...given)).flatMap(({ lot, tasks }) =>
    tasks.map(({ step, state }) => [lot, hashOf(given[0], step), state]),
  );

describe('the tasks of a bid', () => {
  it('are those that the notice asks for', () => {
    expect(states(WHOLE)).toEqual([
      [null, '#eligibility', 'todo'],
      [null, '#partners', 'optional'],
      ['', '#prices/1', 'todo'],
      ['', '#files/1', 'optional'],
      [null, '#declarations', 'todo'],
    ]);
    expect(states({ ...WHOLE, statements: [] })).toEqual([
      [null, '#partners', 'optional'],
      ['', '#prices/1', 'todo'],
      ['', '#files/1', 'optional'],
    ]);
  });

  it('follow the lots that are bid for, with a task for each envelope', () => {
    expect(states(DIVIDED).map(([, hash]) => hash)).toEqual([
      '#eligibility',
      '#partners',
      '#lots',
      '#declarations',
    ]);
    expect(states(DIVIDED, completeDraft())).toEqual([
      [null, '#eligibility', 'done'],
      [null, '#partners', 'optional'],
      [null, '#lots', 'done'],
      ['b', '#prices/2', 'done'],
      ['b', '#files/2/technical', 'done'],
      ['b', '#files/2/financial', 'optional'],
      [null, '#declarations', 'done'],
    ]);
  });

  it('are open until they are complete', () => {
    const half = priced(emptyDraft(AT), '', { 1: '5' });
    const open = openTasks(taskGroups(bidding(WHOLE, half)));
    expect(open.map(({ step, state }) => [step.name, state])).toEqual([
      ['eligibility', 'todo'],
      ['prices', 'partial'],
      ['declarations', 'todo'],
    ]);
    expect(openTasks(taskGroups(bidding(DIVIDED, completeDraft())))).toEqual([]);
    const wrong = { ...completeDraft(), consortium: [{ id: 'org-acme', name: 'We' }] };
    expect(openTasks(taskGroups(bidding(DIVIDED, wrong))).map(({ step }) => step.name)).toEqual(['partners']);
  });

  it('lead from one to the next, and then to the review', () => {
    const groups = taskGroups(bidding(WHOLE));
    const way = ['eligibility'];
    for (let step = stepAfter(groups, { name: 'eligibility' }); step.name !== 'review';) {
      way.push(step.name);
      step = stepAfter(groups, step);
    }
    expect(way).toEqual(['eligibility', 'partners', 'prices', 'files', 'declarations']);
    expect(stepAfter(groups, { name: 'withdraw' })).toEqual({ name: 'review' });
  });
});

describe('the lots of a bid', () => {
  it('are the whole tender where it is not divided, until a bid is on record', () => {
    const draft = emptyDraft(AT);
    expect(chosenLots(WHOLE, draft, [])).toEqual(['']);
    expect(chosenLots(WHOLE, draft, [own('', '', 'a1')])).toEqual([]);
    expect(chosenLots(WHOLE, draft, [own('', '', 'a1', { standing: 'withdrawn' })])).toEqual(['']);
    const changing = withLot(draft, '', (lot) => lot);
    expect(chosenLots(WHOLE, changing, [own('', '', 'a1')])).toEqual(['']);
  });

  it('are those that were chosen, in the order of the notice; lots that the notice does not have are none', () => {
    let draft = emptyDraft(AT);
    for (const lot of ['b', 'a', 'x']) draft = withLot(draft, lot, (one) => one);
    expect(chosenLots(DIVIDED, draft, [])).toEqual(['a', 'b']);
    const without = withLot(draft, 'a', (one) => ({ ...one, bidding: false }));
    expect(chosenLots(DIVIDED, without, [])).toEqual(['b']);
  });

  it('are sealed part by part: the technical part without the prices', () => {
    const envelopes = plannedEnvelopes(DIVIDED, completeDraft(), ['b']);
    expect(envelopes.map(({ lot, part }) => [lot, part])).toEqual([
      ['b', 'technical'],
      ['b', 'financial'],
    ]);
    const [technical, financial] = envelopes;
    expect(technical?.priceForm).toBeNull();
    expect(financial?.priceForm?.total).toBe('108.75');
    expect(technical?.files).toHaveLength(1);
    expect(financial?.files).toEqual([]);
    expect(plannedEnvelopes(DIVIDED, completeDraft(), ['a'])[1]?.priceForm).toBeUndefined();
  });
});

describe('addresses of steps', () => {
  it.each([
    '#',
    '#tasks',
    '#eligibility',
    '#partners',
    '#lots',
    '#prices/1',
    '#prices/2',
    '#files/2/technical',
    '#files/1/financial',
    '#declarations',
    '#review',
    '#seal',
    '#elsewhere',
    '#withdraw',
  ])('%s leads there and back', (hash) => {
    expect(hashOf(DIVIDED, stepOf(DIVIDED, hash))).toBe(hash);
  });

  it.each([
    '',
    '#prices',
    '#prices/0',
    '#prices/3',
    '#files/1',
    '#files/1/secret',
    '#files/1e0',
    '#<script>',
  ])('%s leads to the overview', (hash) => expect(stepOf(DIVIDED, hash)).toEqual({ name: 'overview' }));

  it('name no part where there is one envelope', () => {
    expect(stepOf(WHOLE, '#files/1')).toEqual({ name: 'files', lot: '', part: '' });
    expect(hashOf(WHOLE, { name: 'files', lot: '', part: '' })).toBe('#files/1');
  });
});

describe('partners', () => {
  it('stand once each, named, and without the one who leads', () => {
    const partners = [
      { id: 'p-1', name: 'One' },
      { id: ' p-1 ', name: 'Again' },
      { id: 'org-acme', name: 'We' },
      { id: 'p-2', name: ' ' },
      { id: '', name: 'Nobody' },
    ];
    expect(partnerFaults(partners, 'org-acme')).toEqual([
      { at: 1, fault: 'twice' },
      { at: 2, fault: 'self' },
      { at: 3, fault: 'name' },
      { at: 4, fault: 'id' },
    ]);
  });
});
