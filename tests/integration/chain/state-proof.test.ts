import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storageLayout } from '@/contracts/compile.mjs';
import { chainReader } from '@/lib/browser/verify/chain-reader';
import {
  anchorCountSlot,
  anchorSlots,
  awardSlots,
  roundSlot,
  stageSlots,
  tenderSlots,
} from '@/lib/evidence/ledger-slots';
import { openState, trimState, type ProvenState } from '@/lib/evidence/state-proof';
import { stateReader, type StateReader } from '@/lib/evidence/state-reader';
import { witnessOf } from '@/lib/evidence/state-witness';
import {
  encodeAnnounceAward,
  encodeCloseStage,
  encodeOpenTender,
  encodeReopen,
} from '@/lib/server/chain/calls';
import { EMPTY_ROOT, GENESIS, sha256, startWorld, type World } from './world';

const DUE = GENESIS + 3_600;
const STANDSTILL = 600;
const process = sha256('ocds-213czf-000-00077');
const other = sha256('ocds-213czf-000-00078');
const [notice, keyset, root] = ['notice', 'keyset', 'root'].map(sha256) as [string, string, string];

const SLOTS = [
  anchorCountSlot(),
  ...[0, 1, 2].flatMap(anchorSlots),
  ...[process, other].flatMap((key) => [
    roundSlot(key),
    ...tenderSlots(key),
    ...[0, 1].flatMap((round) => [
      ...awardSlots(key, round),
      ...[2, 3, 4, 5].flatMap((stage) => stageSlots(key, stage, round)),
    ]),
  ]),
];

/** Each view that a verifier asks, by a name for the report. */
const QUESTIONS: Record<string, (reader: StateReader) => Promise<unknown>> = {
  anchorCount: (reader) => reader.anchorCount(),
};
for (const index of [0, 1, 2]) QUESTIONS[`anchorAt ${index}`] = (reader) => reader.anchorAt(index);
for (const [name, key] of Object.entries({ process, other })) {
  QUESTIONS[`tenderOf ${name}`] = (reader) => reader.tenderOf(key);
  for (const stage of [0, 2, 3, 5, 7])
    QUESTIONS[`roundOf ${name} ${stage}`] = (reader) => reader.roundOf(key, stage);
  for (const round of [0, 1]) {
    QUESTIONS[`awardAt ${name} ${round}`] = (reader) => reader.awardAt(key, round);
    for (const stage of [2, 3, 4, 5])
      QUESTIONS[`stageAt ${name} ${stage} ${round}`] = (reader) => reader.stageAt(key, stage, round);
  }
}

describe('storage proofs of a deployed contract', () => {
  let world: World;
  const close = (stage: number, at: number, count = 0) =>
    world.send(
      'registrar',
      encodeCloseStage({
        key: process,
        stage,
        root: count === 0 ? EMPTY_ROOT : root,
        count,
        anchorIndex: 1,
      }),
      at,
    );

  beforeAll(async () => {
    world = await startWorld();
    const tender = { process, notice, bidsDue: DUE, standstill: STANDSTILL, keyset };
    await world.send('registrar', encodeOpenTender(tender), GENESIS + 10);
    await world.anchor(4, GENESIS + 20);
    await world.anchor(9, DUE);
    for (const stage of [0, 1, 2]) await close(stage, DUE + 1 + stage, stage);
    for (const stage of [3, 4]) await close(stage, DUE + 10 + stage, stage);
    const award = (at: number, commitment: string) =>
      encodeAnnounceAward({ key: process, commitment, standstillEnds: at + STANDSTILL + 1 });
    await world.send('registrar', award(DUE + 20, sha256('award')), DUE + 20);
    expect(await close(5, DUE + 1_000, 5)).toMatchObject({ reverted: false });
    const reopen = encodeReopen({ key: process, stage: 5, commitment: sha256('default') });
    expect(await world.send('registrar', reopen, DUE + 1_010)).toMatchObject({ reverted: false });
    await world.send('registrar', award(DUE + 1_020, sha256('award again')), DUE + 1_020);
  });
  afterAll(() => world.stop());

  const take = async (slots: readonly string[], address = world.deployment.address) => {
    const block = (await world.anvil.call('eth_getBlockByNumber', 'latest', false)) as { number: string };
    return { block, proof: await world.anvil.call('eth_getProof', address, slots, block.number) };
  };
  const opened = async (): Promise<ProvenState> => {
    const { block, proof } = await take(SLOTS);
    const taken = witnessOf(block, proof);
    if (!taken.ok) throw new Error(taken.fault);
    const state = openState(taken.witness, world.deployment.address);
    if (!state.ok) throw new Error(state.fault);
    expect(state.state.block).toEqual(taken.block);
    return state.state;
  };

  it('open under the hash of the block itself, with the code that was deployed', async () => {
    const state = await opened();
    const reader = chainReader(world.anvil.rpcUrl, world.deployment.address);
    expect(state.block).toEqual(await reader.blockByNumber(await reader.blockNumber()));
    expect(state.codeHash).toBe(`0x${world.deployment.codeHash}`);
  });

  it('are what a verifier takes of the node by itself', async () => {
    const reader = chainReader(world.anvil.rpcUrl, world.deployment.address);
    const witness = await reader.prove?.(SLOTS);
    const state = openState(witness!, world.deployment.address);
    expect(state.ok && state.state.block).toEqual(await reader.blockByNumber(await reader.blockNumber()));
  });

  it('hold every word that the node itself finds in these slots', async () => {
    const state = await opened();
    let written = 0;
    for (const slot of SLOTS) {
      const stored = BigInt(
        String(await world.anvil.call('eth_getStorageAt', world.deployment.address, slot, 'latest')),
      );
      expect(state.word(slot)).toBe(stored);
      if (stored !== 0n) written += 1;
    }
    expect(written).toBeGreaterThan(15);
  });

  it.each(Object.keys(QUESTIONS))('answer as the contract does: %s', async (name) => {
    const ask = QUESTIONS[name] as (reader: StateReader) => Promise<unknown>;
    const live = await ask(chainReader(world.anvil.rpcUrl, world.deployment.address));
    expect(await ask(stateReader(await opened()))).toEqual(live);
  });

  it('answer something: what was anchored, closed, announced and reopened is there', async () => {
    const reader = stateReader(await opened());
    expect(await reader.anchorAt(1)).toMatchObject({ treeSize: 9, time: DUE });
    expect(await reader.stageAt(process, 5, 0)).toMatchObject({ rootHash: root, count: 5, anchorIndex: 1 });
    expect(await reader.stageAt(process, 5, 1)).toBeNull();
    expect(await reader.roundOf(process, 5)).toBe(1);
    expect(await reader.roundOf(process, 4)).toBe(0);
    expect(await reader.tenderOf(process)).toMatchObject({ notice, bidsDue: DUE, standstill: STANDSTILL });
    expect(await reader.awardAt(process, 0)).toMatchObject({ commitment: sha256('award') });
    expect(await reader.awardAt(process, 1)).toMatchObject({ commitment: sha256('award again') });
    expect(await reader.tenderOf(other)).toBeNull();
  });

  it('are refused when they are not of the block, and for a slot whose nodes were left out', async () => {
    const { block, proof } = await take([...anchorSlots(0)]);
    await world.anchor(12, DUE + 2_000);
    const later = await take([...anchorSlots(0)]);
    expect(witnessOf(later.block, proof)).toEqual({ ok: false, fault: 'account-unproven' });
    expect(witnessOf({ ...block, gasUsed: '0x1' }, proof)).toEqual({ ok: false, fault: 'header-differs' });
    const taken = witnessOf(block, proof);
    if (!taken.ok) throw new Error(taken.fault);
    const state = openState(taken.witness, world.deployment.address);
    await expect(
      stateReader((state as { state: ProvenState }).state).tenderOf(process),
    ).rejects.toMatchObject({
      code: 'uncovered',
    });
    expect(openState(taken.witness, world.address('admin'))).toMatchObject({ ok: false });
  });

  it('come down to the nodes that some slots need', async () => {
    const { block, proof } = await take(SLOTS);
    const taken = witnessOf(block, proof);
    if (!taken.ok) throw new Error(taken.fault);
    const few = trimState(taken.witness, anchorSlots(1));
    expect(few.storage.length).toBeLessThan(taken.witness.storage.length);
    const state = openState(few, world.deployment.address);
    if (!state.ok) throw new Error(state.fault);
    expect(BigInt.asUintN(64, state.state.word(anchorSlots(1)[0] as string))).toBe(9n);
    expect(() => state.state.word(stageSlots(process, 5, 0)[0] as string)).toThrow(/does not cover/);
  });
});

interface Layout {
  readonly storage: readonly { label: string; slot: string }[];
  readonly types: Record<string, { members?: readonly { label: string; slot: string; offset: number }[] }>;
}

describe('the layout of the storage', () => {
  it('is the one that the compiler gives', () => {
    const layout = storageLayout() as Layout;
    const variables = Object.fromEntries(layout.storage.map(({ label, slot }) => [label, Number(slot)]));
    expect(variables).toMatchObject({
      _head: 3,
      _anchors: 6,
      _status: 7,
      _tenders: 8,
      _stages: 12,
      _awards: 13,
    });
    const members = (name: string) => {
      const type = Object.entries(layout.types).find(([id]) => id.startsWith(`t_struct(${name})`));
      return type?.[1].members?.map(({ label, slot, offset }) => `${label} ${slot}+${offset}`);
    };
    expect(members('Head')?.[0]).toBe('count 0+0');
    expect(members('Mark')).toEqual(['sizeAndTime 0+0', 'rootHash 1+0']);
    expect(members('Frozen')).toEqual(['rootHash 0+0', 'numbers 1+0']);
    expect(members('Tender')).toEqual([
      'notice 0+0',
      'bidsDue 1+0',
      'standstill 1+8',
      'committees 1+12',
      'dueTimes 1+16',
      'time 1+20',
      'blockNumber 2+0',
    ]);
    expect(members('Award')).toEqual([
      'commitment 0+0',
      'standstillEnds 1+0',
      'time 1+8',
      'blockNumber 1+16',
    ]);
  });
});
