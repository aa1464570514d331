import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTS, PERMITTED, permittedRoles, ROLES, type Act, type Role } from '@/lib/procedure/permissions';
import { PHASES, type Phase } from '@/lib/procedure/phases';
import { operatorActor, rolesIn } from '@/lib/procedure/roles';
import { ACT_TABLE } from '@/lib/procedure/acts/table';
import { performAct } from '@/lib/server/operations/perform-act';
import type { World } from '@/lib/server/world';
import { does } from '../../support/acts';
import { driveTo, MAIN_PHASES, startDrive, step, type Drive } from '../../support/drive';
import { validInput } from '../../support/inputs';
import { PEOPLE, type Person } from '../../support/people';
import { committeeInput } from '../../support/publish';
import { rollingBack } from '../../support/rolled-back';
import { startScene, type Scene } from '../../support/scene';
import { databaseDigest } from '../../support/unchanged';

/** Somebody who has this role and, citizen apart, no other. */
const HOLDER: Record<Exclude<Role, 'operator'>, Person> = {
  officer: PEOPLE.officer,
  approver: PEOPLE.approver,
  committee: PEOPLE.members[0]!,
  evaluator: PEOPLE.evaluators[0]!,
  tenderer: PEOPLE.tenderers[2]!,
  auditor: PEOPLE.auditor,
  regulator: PEOPLE.regulator,
  reviewer: PEOPLE.reviewer,
  citizen: PEOPLE.citizen,
};

/** What refuses somebody at the door, as opposed to what the act itself decides. */
const AT_THE_DOOR = ['not-permitted', 'wrong-phase', 'deadline-passed', 'not-signed-in'];
/** Phases from the deadline on: what belongs to the time for bids is late there, not merely out of place. */
const AFTER_DUE = PHASES.slice(PHASES.indexOf('closing'));

function expectedCode(act: Act, phase: Phase): string {
  if (permittedRoles(act, phase).length > 0) return 'not-permitted';
  const late = permittedRoles(act, 'open').length > 0 && AFTER_DUE.includes(phase);
  return late ? 'deadline-passed' : 'wrong-phase';
}

describe('the authorization table, every act × role × phase', () => {
  let scene: Scene;
  const tenders: Partial<Record<Phase, Drive>> = {};
  const holder = (role: Role): Person =>
    role === 'operator'
      ? { ...operatorActor(scene.test.env.REGISTRY_ORIGIN), seed: new Uint8Array(32) }
      : HOLDER[role];

  beforeAll(async () => {
    scene = await startScene();
    tenders.unsuccessful = await driveTo(scene, 'unsuccessful');
    const main = await startDrive(scene);
    for (const phase of MAIN_PHASES) tenders[phase] = main;
  });
  afterAll(() => scene.close());

  /** Brings the tender into the phase, and gives the roles that come with an appointment there. */
  async function enter(phase: Phase, tender: Drive): Promise<void> {
    if (phase !== 'unsuccessful') await step(scene, tender, phase);
    if (phase === 'draft')
      await does(scene, PEOPLE.officer, 'appoint-committee', tender.id, committeeInput());
    if (phase === 'evaluation')
      await does(scene, PEOPLE.officer, 'appoint-evaluators', tender.id, {
        evaluators: PEOPLE.evaluators.map((e) => e.person),
      });
  }

  /** @returns the code, `ok` when it was done */
  async function attempt(world: World, tender: Drive, act: Act, role: Role, input: unknown): Promise<string> {
    const outcome = await performAct(world, holder(role), act, tender.id, input);
    return outcome.ok ? 'ok' : outcome.code;
  }

  /** All roles that may not, at once: none may change anything. Then those that may, undone again. */
  async function checkAct(act: Act, phase: Phase, tender: Drive): Promise<string[]> {
    const allowed = permittedRoles(act, phase);
    const input = await validInput(scene, tender, act, holder(allowed[0] ?? 'officer'));
    expect(ACT_TABLE[act].input.safeParse(input).success, `the input for ${act}`).toBe(true);
    const outcomes = ROLES.map(async (role) => {
      const may = allowed.includes(role);
      const code = await attempt(may ? rollingBack(scene.world) : scene.world, tender, act, role, input);
      const right = may ? !AT_THE_DOOR.includes(code) : code === expectedCode(act, phase);
      return right ? [] : [`${act} by ${role}: ${code}`];
    });
    return (await Promise.all(outcomes)).flat();
  }

  async function checkTable(phase: Phase, tender: Drive): Promise<string[]> {
    const before = await databaseDigest(scene);
    const wrong: string[] = [];
    for (const act of ACTS) wrong.push(...(await checkAct(act, phase, tender)));
    expect(await databaseDigest(scene), `nothing changed while ${phase}`).toEqual(before);
    return wrong;
  }

  it.each([...MAIN_PHASES, 'unsuccessful'] as Phase[])(
    'refuses whatever the table does not permit while %s',
    async (phase) => {
      const tender = tenders[phase]!;
      await enter(phase, tender);
      expect(await scene.phase(tender.id)).toBe(phase);
      expect(await checkTable(phase, tender)).toEqual([]);
    },
  );

  it('had nobody in two roles, so that a refusal means what it says', async () => {
    const process = await scene.process(tenders.implementation!.id);
    for (const role of ROLES) {
      const roles = rolesIn(process, holder(role)).filter((r) => r !== 'citizen');
      expect(roles).toEqual(role === 'citizen' ? [] : [role]);
    }
    expect(Object.keys(PERMITTED).sort()).toEqual([...PHASES].sort());
  });
});
