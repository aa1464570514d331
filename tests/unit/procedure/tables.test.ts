import { describe, expect, it } from 'vitest';
import { ACT_TABLE } from '@/lib/procedure/acts/table';
import { ACTS, PERMITTED, permittedPhases, permittedRoles, ROLES } from '@/lib/procedure/permissions';
import { PHASES, STAGE_OF_PHASE } from '@/lib/procedure/phases';
import { operatorActor, rolesIn } from '@/lib/procedure/roles';
import { STAGES } from '@/lib/record/record';
import { actor, ENTITY, emptyProcess, filed, withRecords } from './pure';

describe('the table of permissions', () => {
  it('has a row for every phase and knows every role and act that it names', () => {
    expect(Object.keys(PERMITTED).sort()).toEqual([...PHASES].sort());
    for (const row of Object.values(PERMITTED) as Record<string, readonly string[]>[])
      for (const [act, roles] of Object.entries(row)) {
        expect(ACTS).toContain(act);
        expect(roles.length).toBeGreaterThan(0);
        for (const role of roles) expect(ROLES).toContain(role);
        expect(new Set(roles).size).toBe(roles.length);
      }
  });

  it.each(ACTS)('%s can be done by somebody in some phase, and has a decision', (act) => {
    expect(permittedPhases(act).length).toBeGreaterThan(0);
    expect(ACT_TABLE[act]).toBeDefined();
  });

  it('answers nobody for an act that the phase does not have', () => {
    expect(permittedRoles('submit-bid', 'draft')).toEqual([]);
    expect(permittedRoles('submit-bid', 'open')).toEqual(['tenderer']);
  });

  it.each([
    ['approve-publication', 'request-publication'],
    ['approve-award', 'propose-award'],
  ] as const)('%s and %s are never of one role', (approve, ask) => {
    const rolesOf = (act: typeof approve | typeof ask) =>
      permittedPhases(act).flatMap((p) => permittedRoles(act, p));
    expect(rolesOf(approve).filter((role) => rolesOf(ask).includes(role))).toEqual([]);
  });

  it('gives the machine only its own acts, and people none of them', () => {
    for (const phase of PHASES)
      for (const act of ACTS) {
        const roles = permittedRoles(act, phase);
        if (roles.includes('operator')) expect(roles).toEqual(['operator']);
      }
  });

  it('lets auditors and citizens change nothing', () => {
    for (const phase of PHASES)
      for (const act of ACTS)
        for (const role of ['auditor', 'citizen', 'reviewer'] as const)
          expect(permittedRoles(act, phase)).not.toContain(role);
  });
});

describe('phases and stages', () => {
  it('each phase lies in a stage of the protocol, and the stages do not go back along the main job', () => {
    const main = PHASES.filter((p) => p !== 'unsuccessful').map((p) => STAGE_OF_PHASE[p]);
    expect(main).toEqual(main.toSorted((a, b) => a - b));
    for (const phase of PHASES) expect(STAGES[STAGE_OF_PHASE[phase]]).toBeDefined();
    expect(STAGE_OF_PHASE.unsuccessful).toBe(STAGES.indexOf('opening'));
  });
});

describe('roles', () => {
  const seats = [{ index: 1, person: 'member', seat: 'observer' as const, organization: ENTITY }];
  const process = withRecords(
    emptyProcess(),
    filed('committee-appointed', { k: 1, members: seats }),
    filed('evaluators-appointed', { evaluators: ['judge'] }),
  );
  const elsewhere = { id: 'org-elsewhere', name: 'Elsewhere' };

  it('are those of the organization that runs the process, not of any other', () => {
    expect(rolesIn(process, actor('p', ENTITY, 'officer', 'approver'))).toEqual([
      'citizen',
      'officer',
      'approver',
    ]);
    expect(rolesIn(process, actor('p', elsewhere, 'officer', 'approver'))).toEqual(['citizen']);
  });

  it('come with an appointment, whatever the organization', () => {
    expect(rolesIn(process, actor('member', elsewhere))).toEqual(['citizen', 'committee']);
    expect(rolesIn(process, actor('judge', elsewhere, 'evaluator'))).toEqual(['citizen', 'evaluator']);
    expect(rolesIn(process, actor('other', elsewhere, 'evaluator'))).toEqual(['citizen']);
  });

  it('end with a new appointment of others', () => {
    const replaced = withRecords(process, filed('evaluators-appointed', { evaluators: ['another'] }));
    expect(rolesIn(replaced, actor('judge', elsewhere, 'evaluator'))).toEqual(['citizen']);
  });

  it('make nobody the operator but the machine', () => {
    expect(rolesIn(process, actor('somebody', ENTITY, 'operator'))).toEqual(['citizen']);
    expect(rolesIn(process, operatorActor('registry.example'))).toEqual(['citizen', 'operator']);
    expect(rolesIn(process, null)).toEqual(['citizen']);
  });
});
