import { describe, expect, it } from 'vitest';
import {
  firstRows,
  fitting,
  newRow,
  planOf,
  rowFaults,
  type CommitteeCandidate,
} from '@/components/draft/committee-rows';
import { wronglyBound } from '@/lib/procedure/committee-plan';

const candidate = (person: string, ...seats: string[]): CommitteeCandidate => ({
  person,
  name: person,
  organization: { id: `org-${person}`, name: `Org ${person}` },
  seats,
});
const THREE = [candidate('o', 'officer'), candidate('r', 'regulator'), candidate('w', 'observer')];

describe('the form of a committee', () => {
  it('begins with five seats where there are people for them, else three, else fewer', () => {
    expect(firstRows([]).map((row) => row.seat)).toEqual(['officer']);
    expect(firstRows(THREE).map((row) => row.seat)).toEqual(['officer', 'regulator', 'observer']);
    const five = [...THREE, candidate('w2', 'observer'), candidate('w3', 'observer')];
    expect(firstRows(five).map((row) => row.seat)).toEqual([
      'officer',
      'regulator',
      'observer',
      'observer',
      'observer',
    ]);
    const mixed = [...THREE, candidate('o2', 'officer'), candidate('w2', 'observer')];
    expect(
      firstRows(mixed)
        .map((row) => row.seat)
        .toSorted(),
    ).toEqual(['observer', 'observer', 'officer', 'officer', 'regulator']);
  });

  it('names for each row what is missing or chosen twice', () => {
    const rows = [
      { ...newRow('1', 'officer'), person: 'o' },
      { ...newRow('2', 'observer'), person: 'r' },
      newRow('3', 'regulator'),
      { ...newRow('4', 'deputy'), person: 'o' },
    ];
    expect(rowFaults(rows, THREE)).toEqual({
      'members.1.person': 'choose',
      'members.2.person': 'choose',
      'members.3.person': 'twice',
    });
  });

  it('numbers whom a deputy stands in for by the place in the list, whatever the order became', () => {
    const officer = newRow('1', 'officer');
    const deputy = { ...newRow('7', 'deputy'), deputyFor: '1' };
    expect(planOf([officer, deputy])).toEqual([{ seat: 'officer' }, { seat: 'deputy', deputyFor: 1 }]);
    expect(planOf([deputy, officer])).toEqual([{ seat: 'deputy', deputyFor: 2 }, { seat: 'officer' }]);
    expect(fitting(deputy, [officer, deputy], THREE).map((c) => c.person)).toEqual(['o']);
  });

  it('makes a reserve of a deputy whose member is gone or became a deputy', () => {
    const deputy = { ...newRow('7', 'deputy'), deputyFor: '1' };
    for (const rows of [[deputy], [newRow('1', 'deputy'), deputy]]) {
      expect(wronglyBound(planOf(rows))).toBeNull();
      expect(planOf(rows).at(-1)).toEqual({ seat: 'deputy' });
      expect(fitting(deputy, rows, THREE)).toEqual(THREE);
    }
  });
});
