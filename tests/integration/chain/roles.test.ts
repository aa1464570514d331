import { FunctionFragment } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledgerInterface } from '@/lib/server/chain/artifact';
import { sha256, startWorld, type Person, type World } from './world';

// A stolen key of one role cannot do another's act: every function of the contract that writes, from every kind of account.

const PEOPLE = [
  'admin',
  'anchorer',
  'registrar',
  'reviewer',
  'stranger',
] as const satisfies readonly Person[];

const MAY: Record<string, readonly Person[]> = {
  extendLog: ['anchorer'],
  openTender: ['registrar'],
  openUnit: ['registrar'],
  extendBidsDue: ['registrar'],
  changeCommittee: ['registrar'],
  closeStage: ['registrar'],
  announceAward: ['registrar'],
  cancel: ['registrar'],
  hold: ['registrar', 'reviewer'],
  release: ['registrar', 'reviewer'],
  reopen: ['registrar', 'reviewer'],
  retire: ['admin'],
  commitBid: PEOPLE,
  grantRole: ['admin'],
  revokeRole: ['admin'],
  beginDefaultAdminTransfer: ['admin'],
  cancelDefaultAdminTransfer: ['admin'],
  changeDefaultAdminDelay: ['admin'],
  rollbackDefaultAdminDelay: ['admin'],
};

/** Nobody may, unless the office was offered to him, or for himself only. */
const NOBODY: Record<string, string> = {
  acceptDefaultAdminTransfer: 'AccessControlInvalidDefaultAdmin',
  renounceRole: 'AccessControlBadConfirmation',
};

describe('every act of every role', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.stop());

  const acts = ledgerInterface.fragments
    .filter((fragment) => FunctionFragment.isFragment(fragment))
    .filter(({ stateMutability }) => stateMutability !== 'view' && stateMutability !== 'pure');

  /** Well-formed, and refused for other reasons by whom the act belongs to. */
  const valueOf = (type: string): unknown => {
    if (type === 'bytes32') return `0x${sha256('value')}`;
    if (type === 'address') return world.deployment.address;
    if (type.endsWith('[]')) return [];
    return 7;
  };
  const ask = async (person: Person, act: FunctionFragment) => {
    const values = act.inputs.map(({ type }) => valueOf(type));
    const data = ledgerInterface.encodeFunctionData(act, values);
    const call = { from: world.address(person), to: world.deployment.address, data };
    return (await world.transactions.simulate(call))?.code ?? 'done';
  };

  it('is in the table', () => {
    const names = acts.map(({ name }) => name);
    expect(names.toSorted()).toEqual([...Object.keys(MAY), ...Object.keys(NOBODY)].toSorted());
  });

  it.each(Object.keys(MAY))('%s is refused to all but its role', async (name) => {
    const act = acts.find((fragment) => fragment.name === name);
    if (!act) throw new Error(`no ${name}`);
    for (const person of PEOPLE) {
      const answer = await ask(person, act);
      const refusedByRole = answer === 'AccessControlUnauthorizedAccount';
      expect(refusedByRole, `${person}: ${answer}`).toBe(!MAY[name]?.includes(person));
    }
  });

  it.each(Object.entries(NOBODY))('%s is refused to all: %s', async (name, code) => {
    const act = acts.find((fragment) => fragment.name === name);
    if (!act) throw new Error(`no ${name}`);
    for (const person of PEOPLE) expect(await ask(person, act), person).toBe(code);
  });
});
