import { describe, expect, it } from 'vitest';
import {
  anchorCountSlot,
  anchorSlots,
  awardSlots,
  stageSlots,
  tenderSlots,
} from '@/lib/evidence/ledger-slots';
import type { StateWitness } from '@/lib/evidence/format';
import { encodeRlp } from '@/lib/evidence/rlp';
import { openState, trimState, type ProvenState } from '@/lib/evidence/state-proof';
import { slotsOf } from '@/lib/evidence/state-slots';
import { stateReader } from '@/lib/evidence/state-reader';
import { witnessOf } from '@/lib/evidence/state-witness';
import { keccakHex } from '@/lib/evidence/trie';
import { fromHex, toHex } from '@/lib/record/hex';
import { processKey, stageKey } from '@/lib/record/stage-key';
import { awardRecord, OCID, REGISTRY, world } from '../world';
import { fieldsOf, makeState, minimal, WORDS } from './chain-state';
import { hexPrefix } from './naive-trie';

const hash = (n: number): string => keccakHex(Uint8Array.of(n));
const PROCESS = hash(1);
const ANCHOR = { treeSize: 40, time: 1_770_715_860, rootHash: hash(2) };
const STAGE = { rootHash: hash(3), count: 5, anchorIndex: 7, time: 1_770_716_460, blockNumber: 100 };
const TENDER = {
  notice: hash(4),
  bidsDue: 1_770_000_000,
  standstill: 864_000,
  time: 1_760_000_000,
  blockNumber: 12,
};
const AWARD = { commitment: hash(5), standstillEnds: 1_771_000_000, time: 1_770_100_000, blockNumber: 80 };

const words = new Map([
  ...WORDS.anchorCount(8, 40),
  ...Array.from({ length: 8 }, (_, i) => WORDS.anchor(i, { ...ANCHOR, treeSize: 33 + i })).flat(),
  ...WORDS.stage(PROCESS, 5, 1, STAGE),
  ...WORDS.status(PROCESS, [0, 0, 2, 3, 4]),
  ...WORDS.tender(PROCESS, TENDER),
  ...WORDS.award(PROCESS, 1, AWARD),
]);
const options = {
  contract: REGISTRY.contract,
  codeHash: REGISTRY.codeHash,
  words,
  number: 107,
  time: 1_770_716_999,
};
const made = makeState(options);
const all = [...words.keys(), ...stageSlots(PROCESS, 6, 0)];

function taken(slots: readonly string[] = all, state = made): StateWitness {
  const result = witnessOf(state.block, state.proof(slots));
  if (!result.ok) throw new Error(result.fault);
  return result.witness;
}

function opened(witness: StateWitness): ProvenState {
  const result = openState(witness, REGISTRY.contract);
  if (!result.ok) throw new Error(result.fault);
  return result.state;
}

describe('a witness', () => {
  const whole = taken();

  it('opens to the block, the code, and every word', () => {
    const state = opened(whole);
    expect(state.block).toEqual({ number: 107, hash: made.block.hash, time: 1_770_716_999 });
    expect(state.codeHash).toBe(REGISTRY.codeHash);
    for (const [slot, word] of words) expect(state.word(slot)).toBe(word);
    for (const slot of stageSlots(PROCESS, 6, 0)) expect(state.word(slot)).toBe(0n);
  });

  it('answers the contract’s views', async () => {
    const reader = stateReader(opened(whole));
    expect(await reader.anchorCount()).toBe(8);
    expect(await reader.anchorAt(7)).toEqual(ANCHOR);
    expect(await reader.anchorAt(8)).toBeNull();
    expect(await reader.stageAt(PROCESS, 5, 1)).toEqual(STAGE);
    expect(await reader.stageAt(PROCESS, 6, 0)).toBeNull();
    expect(
      await Promise.all([0, 2, 3, 4, 5, 6, 7, 8].map((stage) => reader.roundOf(PROCESS, stage))),
    ).toEqual([0, 0, 0, 0, 2, 3, 4, 0]);
    expect(await reader.tenderOf(PROCESS)).toEqual(TENDER);
    expect(await reader.awardAt(PROCESS, 1)).toEqual(AWARD);
  });

  it('keeps only what some slots need, and says so of the rest', async () => {
    const few = taken([anchorCountSlot(), ...anchorSlots(7)]);
    expect(trimState(whole, [anchorCountSlot(), ...anchorSlots(7)])).toEqual(few);
    expect(few.storage.length).toBeLessThan(whole.storage.length);
    const reader = stateReader(opened(few));
    expect(await reader.anchorAt(7)).toEqual(ANCHOR);
    for (const ask of [
      () => reader.stageAt(PROCESS, 5, 1),
      () => reader.tenderOf(PROCESS),
      () => reader.awardAt(PROCESS, 1),
      () => reader.roundOf(PROCESS, 5),
    ]) {
      await expect(ask()).rejects.toMatchObject({ name: 'ChainUnavailable', code: 'uncovered' });
    }
    expect(() => trimState({ ...few, account: few.account.slice(0, -1) }, [])).toThrow(RangeError);
  });

  it('has the header’s fields of every fork since Paris, which each added to the end', () => {
    const later = [
      'baseFeePerGas',
      'withdrawalsRoot',
      'blobGasUsed',
      'excessBlobGas',
      'parentBeaconBlockRoot',
    ];
    later.push('requestsHash');
    for (let kept = 0; kept <= later.length; kept += 1) {
      // Nodes leave out what a block does not have, or answer null.
      const header = Object.fromEntries(
        later.slice(kept).map((name, i) => [name, i % 2 === 0 ? undefined : null]),
      );
      expect(fieldsOf(taken(all, makeState({ ...options, header })).header)).toBe(15 + kept);
    }
  });

  it('altered in any byte of any node opens to no other word, and to no other code', () => {
    const few = taken([anchorCountSlot(), ...anchorSlots(7), ...tenderSlots(hash(9))]);
    const asked = [anchorCountSlot(), ...anchorSlots(7), tenderSlots(hash(9))[0] as string];
    let stillOpens = 0;
    const judge = (witness: StateWitness) => {
      const result = openState(witness, REGISTRY.contract);
      if (!result.ok) return;
      if (result.state.block.hash !== made.block.hash) return;
      stillOpens += 1;
      expect(result.state.codeHash).toBe(REGISTRY.codeHash);
      for (const slot of asked) {
        try {
          expect(result.state.word(slot)).toBe(words.get(slot) ?? 0n);
        } catch (error) {
          expect(error).toMatchObject({ code: 'uncovered' });
        }
      }
    };
    for (let at = 2; at < few.header.length; at += 2) {
      const header = flipped(few.header, at);
      const result = openState({ ...few, header }, REGISTRY.contract);
      if (result.ok) expect(result.state.block.hash).not.toBe(made.block.hash);
    }
    for (const part of ['account', 'storage'] as const) {
      few[part].forEach((node, i) => {
        for (let at = 2; at < node.length; at += 2) {
          judge({ ...few, [part]: few[part].with(i, flipped(node, at)) });
        }
        judge({ ...few, [part]: few[part].toSpliced(i, 1) });
      });
    }
    // An altered node of the storage leaves the rest to be read.
    expect(stillOpens).toBeGreaterThan(1_000);
  });

  it('of another account, or of none, is not the contract’s', () => {
    const other = '0x0000000000000000000000000000000000000007';
    const proofOf = (address: string) => made.proof([], address) as { accountProof: string[] };
    const account = proofOf(other).accountProof;
    expect(openState({ ...whole, account }, REGISTRY.contract)).toEqual({
      ok: false,
      fault: 'account-unproven',
    });
    const unknown = '0x00000000000000000000000000000000000000ff';
    const absent = { ...whole, account: proofOf(unknown).accountProof };
    expect(openState(absent, unknown)).toEqual({ ok: false, fault: 'no-account' });
  });

  it.each([
    ['no list', encodeRlp(Uint8Array.of(1))],
    ['too few fields', encodeRlp(Array.from({ length: 14 }, () => new Uint8Array(32)))],
    [
      'a list among the fields',
      encodeRlp(Array.from({ length: 15 }, (_, i) => (i === 14 ? [] : new Uint8Array()))),
    ],
    ['no root of the state', headerWith(3, new Uint8Array(31))],
    ['a number with leading zeros', headerWith(8, Uint8Array.of(0, 1))],
    ['a number beyond counting', headerWith(8, new Uint8Array(7).fill(0xff))],
    ['a time of eight bytes', headerWith(11, new Uint8Array(8).fill(1))],
  ])('with a header that is none is refused: %s', (_, header) => {
    const witness = { ...whole, header: `0x${toHex(header)}` };
    expect(openState(witness, REGISTRY.contract)).toEqual({ ok: false, fault: 'header-malformed' });
  });

  it('whose leaf holds no word is refused for that slot', () => {
    for (const value of [
      encodeRlp(Uint8Array.of(0, 1)),
      encodeRlp(new Uint8Array(33).fill(1)),
      encodeRlp([]),
    ]) {
      expect(() => singleSlot(value).word(anchorCountSlot())).toThrow(/slot 0x0{63}3/);
    }
    expect(singleSlot(encodeRlp(minimal(5n))).word(anchorCountSlot())).toBe(5n);
    // As development chains keep a slot that was set to zero.
    expect(singleSlot(encodeRlp(new Uint8Array())).word(anchorCountSlot())).toBe(0n);
  });
});

/** A state whose storage is one leaf, with the slot of the anchors' count and any value. */
function singleSlot(value: Uint8Array): ProvenState {
  const nibbles = (hex: string) => [...hex].map((digit) => parseInt(digit, 16));
  const leaf = (key: string, content: Uint8Array) => encodeRlp([hexPrefix(nibbles(key), true), content]);
  const storage = leaf(keccakHex(fromHex(anchorCountSlot().slice(2))), value);
  const account = encodeRlp([minimal(1n), minimal(0n), fromHex(keccakHex(storage)), fromHex(hash(6))]);
  const top = leaf(keccakHex(fromHex(REGISTRY.contract.slice(2))), account);
  const header = headerWith(3, fromHex(keccakHex(top)));
  return opened({
    header: `0x${toHex(header)}`,
    account: [`0x${toHex(top)}`],
    storage: [`0x${toHex(storage)}`],
  });
}

function headerWith(place: number, field: Uint8Array): Uint8Array {
  const fields = Array.from({ length: 15 }, (): Uint8Array => Uint8Array.of(1));
  fields[3] = new Uint8Array(32).fill(3);
  fields[place] = field;
  return encodeRlp(fields);
}

function flipped(hex: string, at: number): string {
  const byte = parseInt(hex.slice(at, at + 2), 16) ^ (1 << (at % 8));
  return `${hex.slice(0, at)}${byte.toString(16).padStart(2, '0')}${hex.slice(at + 2)}`;
}

/** The first block of Ethereum's main chain: its fields, and the hash that everybody knows it by. */
const GENESIS = {
  parentHash: `0x${'0'.repeat(64)}`,
  sha3Uncles: '0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347',
  miner: `0x${'0'.repeat(40)}`,
  stateRoot: '0xd7f8974fb5ac78d9ac099b9ad5018bedc2ce0a72dad1827a1709da30580f0544',
  transactionsRoot: '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421',
  receiptsRoot: '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421',
  logsBloom: `0x${'0'.repeat(512)}`,
  difficulty: '0x400000000',
  number: '0x0',
  gasLimit: '0x1388',
  gasUsed: '0x0',
  timestamp: '0x0',
  extraData: '0x11bbe8db4e347b4e8c937c1c8370e4b5ed33adb3db69cbdb7a38e1e50b1b82fa',
  mixHash: `0x${'0'.repeat(64)}`,
  nonce: '0x0000000000000042',
  hash: '0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3',
};

describe('what nodes answer', () => {
  const proof = made.proof(all) as {
    accountProof: string[];
    storageProof: { key: string; proof: string[] }[];
  };

  it('is taken with slots as they were asked or without leading zeros, addresses in either case, and further nodes', () => {
    const storageProof = proof.storageProof.map((entry) => ({
      ...entry,
      key: `0x${BigInt(entry.key).toString(16)}`,
      // Some nodes also list the short nodes that stand in their parents, or repeat themselves.
      proof: [...entry.proof, '0xc22001', ...entry.proof],
    }));
    const address = `0x${REGISTRY.contract.slice(2).toUpperCase()}`;
    expect(witnessOf(made.block, { ...proof, address, storageProof })).toMatchObject({
      ok: true,
      witness: taken(),
      block: { number: 107, hash: made.block.hash, time: 1_770_716_999 },
    });
  });

  it('is taken for the account that it names: whose it must be, the one who opens it says', () => {
    const result = witnessOf(made.block, made.proof([], '0x0000000000000000000000000000000000000007'));
    expect(result.ok && openState(result.witness, REGISTRY.contract)).toEqual({
      ok: false,
      fault: 'account-unproven',
    });
  });

  it.each<[string, unknown, unknown, string]>([
    ['no block', null, proof, 'block-malformed'],
    ['a block without a state root', { ...made.block, stateRoot: undefined }, proof, 'block-malformed'],
    ['a block with half a byte', { ...made.block, extraData: '0x123' }, proof, 'block-malformed'],
    ['a hash that is not the header’s', { ...made.block, hash: `0x${hash(7)}` }, proof, 'header-differs'],
    ['a header of another parent', { ...made.block, parentHash: `0x${hash(7)}` }, proof, 'header-differs'],
    ['a block of another state', { ...made.block, stateRoot: `0x${hash(7)}` }, proof, 'header-differs'],
    ['a proof of another state', GENESIS, proof, 'account-unproven'],
    ['no proof', made.block, undefined, 'proof-malformed'],
    ['a proof without an account', made.block, { ...proof, accountProof: null }, 'proof-malformed'],
    ['a proof of no address', made.block, { ...proof, address: '0x12' }, 'proof-malformed'],
    [
      'a slot that is none',
      made.block,
      { ...proof, storageProof: [{ key: 3, proof: [] }] },
      'proof-malformed',
    ],
    ['nodes that are none', made.block, { ...proof, accountProof: [7] }, 'proof-malformed'],
    [
      'a slot without its nodes',
      made.block,
      { ...proof, storageProof: [{ key: all[0], proof: [] }] },
      'storage-unproven',
    ],
  ])('is refused: %s', (_, block, answer, fault) => {
    expect(witnessOf(block, answer)).toEqual({ ok: false, fault });
  });
});

describe('the slots of evidence', () => {
  const { evidence } = world('ab'.repeat(32));
  const key = toHex(processKey(OCID));

  it('are those of its anchors, its keys’ anchors, its stage and that stage’s anchor', () => {
    const slots = slotsOf(evidence, 9);
    expect(new Set(slots).size).toBe(slots.length);
    const expected = [anchorCountSlot(), ...anchorSlots(7), ...anchorSlots(9), ...stageSlots(key, 5, 0)];
    for (const slot of expected) expect(slots).toContain(slot);
    expect(slots).toHaveLength(expected.length + 1);
    expect(slotsOf({ ...evidence, stage: null }, null)).toHaveLength(3 + 2);
  });

  it('include the tender of a notice or bid, and the award of an announcement', () => {
    const of = (change: Parameters<typeof awardRecord>[1]) =>
      slotsOf(world('', { record: awardRecord('ab'.repeat(32), change) }).evidence, 7);
    for (const slot of tenderSlots(key)) {
      expect(of({ type: 'notice' })).toContain(slot);
      expect(of({ type: 'bid' })).toContain(slot);
      expect(of({})).not.toContain(slot);
    }
    const unit = { lot: '1', part: 'whole' };
    const announced = of({ type: 'award-announced', unit, round: 2 });
    for (const slot of awardSlots(toHex(stageKey(OCID, 5, unit)), 2)) expect(announced).toContain(slot);
  });
});
