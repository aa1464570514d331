import { roundSlot } from '@/lib/evidence/ledger-slots';
import type { Evidence, StateWitness } from '@/lib/evidence/format';
import { decodeRlp, encodeRlp } from '@/lib/evidence/rlp';
import { slotsOf } from '@/lib/evidence/state-slots';
import { fromHex, toHex } from '@/lib/record/hex';
import { processKey } from '@/lib/record/stage-key';
import type { TenderRecord } from '@/lib/record/record';
import type { Variant } from '../variants';
import { awardRecord, CLOSED, OCID, REGISTRY, world } from '../world';
import { makeState, WORDS } from './chain-state';
import { headersOnly, STATE_BLOCK, withState, wordsOf, type Change, type World } from './with-state';

/* Evidence that brings a proof of the contract's storage, good and forged, for every verifier to agree on. */

const ZEROS = '0'.repeat(64);
const KEY = toHex(processKey(OCID));

type Maker = (name: string, change?: Partial<Variant>) => Variant;

const textOf = (evidence: unknown) => JSON.stringify(evidence);

function flip(hex: string, at: number): string {
  return hex.slice(0, at) + (hex[at] === '0' ? '1' : '0') + hex.slice(at + 1);
}

/** The header with one field replaced: 3 is the state's root, 8 the number, 12 what the block's maker may add. */
function fieldReplaced(header: string, place: number, field: Uint8Array): string {
  const fields = decodeRlp(fromHex(header.slice(2))) as readonly Uint8Array[];
  return `0x${toHex(encodeRlp(fields.with(place, field)))}`;
}

/** One thing in the proof altered. */
const BENT: Record<string, (state: StateWitness) => StateWitness> = {
  'a bit of the header': (s) => ({ ...s, header: flip(s.header, 20) }),
  'a header with another state root': (s) => ({
    ...s,
    header: fieldReplaced(s.header, 3, new Uint8Array(32)),
  }),
  'a header with other extra data': (s) => ({ ...s, header: fieldReplaced(s.header, 12, Uint8Array.of(7)) }),
  'a header with another number': (s) => ({ ...s, header: fieldReplaced(s.header, 8, Uint8Array.of(109)) }),
  'a header number with a zero before it': (s) => ({
    ...s,
    header: fieldReplaced(s.header, 8, Uint8Array.of(0, STATE_BLOCK)),
  }),
  'half a header': (s) => ({ ...s, header: s.header.slice(0, 400) }),
  'a header with a byte after it': (s) => ({ ...s, header: `${s.header}00` }),
  'a header that is a string': (s) => ({ ...s, header: '0x83646f67' }),
  'a bit of the account': (s) => ({ ...s, account: s.account.with(-1, flip(s.account.at(-1) ?? '', 90)) }),
  'a bit of a node above the account': (s) => ({
    ...s,
    account: s.account.with(0, flip(s.account[0] ?? '', 90)),
  }),
  'no leaf of the account': (s) => ({ ...s, account: s.account.slice(0, -1) }),
  'no root of the account': (s) => ({ ...s, account: s.account.slice(1) }),
  'nodes of the storage for the account': (s) => ({ ...s, account: s.storage.slice(0, 2) }),
  'no nodes of the storage': (s) => ({ ...s, storage: [] }),
  ...Object.fromEntries(
    [0, 1, 2, 3, 4, 5].flatMap((at) => [
      [
        `node ${at} of the storage left out`,
        (s: StateWitness) => ({ ...s, storage: s.storage.toSpliced(at, 1) }),
      ],
      [
        `a bit of node ${at} of the storage`,
        (s: StateWitness) => ({ ...s, storage: s.storage.with(at, flip(s.storage[at] ?? '', 80)) }),
      ],
    ]),
  ),
};

/** Not of the published shape. */
const MISSHAPEN: Record<string, (state: StateWitness) => unknown> = {
  'no state': () => null,
  'a state without a header': ({ account, storage }) => ({ account, storage }),
  'an unknown member of the state': (s) => ({ ...s, extra: 1 }),
  'a header in upper case': (s) => ({ ...s, header: `0x${s.header.slice(2).toUpperCase()}` }),
  'a header without 0x': (s) => ({ ...s, header: s.header.slice(2) }),
  'a header with half a byte': (s) => ({ ...s, header: s.header.slice(0, -1) }),
  'a header of 2,049 bytes': (s) => ({ ...s, header: `0x${'00'.repeat(2049)}` }),
  'no account': (s) => ({ ...s, account: [] }),
  '65 nodes of the account': (s) => ({ ...s, account: new Array<string>(65).fill(s.account[0] ?? '') }),
  '2,001 nodes of the storage': (s) => ({ ...s, storage: new Array<string>(2001).fill('0x00') }),
  'a node of 533 bytes': (s) => ({ ...s, storage: [...s.storage, `0x${'00'.repeat(533)}`] }),
  'an empty node': (s) => ({ ...s, storage: [...s.storage, '0x'] }),
  'a node with a newline': (s) => ({ ...s, storage: s.storage.with(0, `${s.storage[0] ?? ''}\n`) }),
};

/** A state in which something else was written, or of another block: it is whole, and its block is on the chain. */
const OTHERWISE: Record<string, (honest: Evidence) => Change> = {
  'a contract of other code': () => ({ codeHash: `0x${'5c'.repeat(32)}` }),
  'another root of the anchor': ({ anchor }) => ({ words: WORDS.anchor(7, { ...anchor!, rootHash: KEY }) }),
  'another size of the anchor': ({ anchor }) => ({ words: WORDS.anchor(7, { ...anchor!, treeSize: 41 }) }),
  'another time of the anchor': ({ anchor }) => ({ words: WORDS.anchor(7, { ...anchor!, time: 1 }) }),
  'an anchor fewer': () => ({ words: WORDS.anchorCount(7, 33) }),
  'another root of the stage': ({ stage }) => ({
    words: WORDS.stage(KEY, 5, 0, { ...stage!, ...CLOSED, rootHash: KEY }),
  }),
  'another count of the stage': ({ stage }) => ({
    words: WORDS.stage(KEY, 5, 0, { ...stage!, ...CLOSED, count: 6 }),
  }),
  'a stage that is open': ({ stage }) => ({
    words: WORDS.stage(KEY, 5, 0, { ...stage!, ...CLOSED }).map(([slot]) => [slot, 0n] as const),
  }),
  'a stage before its anchor': ({ stage }) => ({
    words: WORDS.stage(KEY, 5, 0, { ...stage!, ...CLOSED, time: 1 }),
  }),
  'a stage over an anchor that there is not': ({ stage }) => ({
    words: WORDS.stage(KEY, 5, 0, { ...stage!, ...CLOSED, anchorIndex: 8 }),
  }),
  'an anchor number out of range': () => ({ words: WORDS.anchorCount(2 ** 60, 40) }),
  'a block before the anchor': () => ({ number: 90 }),
  'the anchor’s block, with another hash': () => ({ number: 91 }),
  'too few blocks above it': () => ({ number: 119 }),
  'a block that is still to come': () => ({ number: 121 }),
};

export function stateVariants(variant: Maker, sha256: string): { good: Variant[]; forged: Variant[] } {
  const honest = world(sha256);
  const proven = withState(honest);
  const { state } = proven;
  const made = (name: string, { evidence, chain }: World) => variant(name, { text: textOf(evidence), chain });
  const withRecord = (record: Partial<TenderRecord>, words: (commitment: string) => Change['words']) => {
    const bad = world(sha256, { record: awardRecord(sha256, record) });
    const shown = withState(bad, { words: words(bad.commitment) ?? [] });
    return { ...shown, chain: headersOnly(shown.chain) };
  };
  const acts = actsOf(withRecord);
  const bent = (alter: (state: StateWitness) => unknown): World => ({
    ...proven,
    evidence: { ...honest.evidence, state: alter(state) as StateWitness },
  });
  const silent = headersOnly(proven.chain);
  return {
    good: [
      made('the storage proven', proven),
      made('the storage proven, and a node that serves blocks only', { ...proven, chain: silent }),
      made('the storage proven under a header of an older fork', withState(honest, { header: shanghai })),
      made(
        'a storage that keeps zeros, and a node that serves blocks only',
        silently(withState(honest, zeroRounds)),
      ),
      made(
        'a later round by the proofs alone',
        silently(withState(honest, { words: WORDS.status(KEY, [0, 0, 1]) })),
      ),
      made('a later round by the node, none by the proofs', {
        ...proven,
        chain: { ...proven.chain, roundOf: async () => 1 },
      }),
      made(
        'nodes in another order',
        bent((s) => ({ ...s, account: s.account.toReversed(), storage: s.storage.toReversed() })),
      ),
      made(
        'nodes that nothing needs',
        bent((s) => ({ ...s, account: [...s.account, '0xc0'], storage: [...s.storage, '0xc0', '0xc0'] })),
      ),
      ...Object.entries(acts.good).map(([name, world]) => made(name, world)),
    ],
    forged: [
      ...Object.entries(BENT).map(([name, alter]) => made(`proofs: ${name}`, bent(alter))),
      ...Object.entries(MISSHAPEN).map(([name, alter]) => made(`proofs: ${name}`, bent(alter))),
      ...Object.entries(OTHERWISE).map(([name, change]) =>
        made(`proofs: ${name}`, withState(honest, change(honest.evidence))),
      ),
      ...Object.entries(acts.forged).map(([name, world]) => made(`proofs: ${name}`, world)),
      made('proofs: of another contract', {
        ...proven,
        evidence: { ...honest.evidence, state: ofAnother(honest) },
      }),
      made('proofs: of a block that the chain has not', { ...proven, chain: honest.chain }),
      made('proofs: of a block that the chain has not, and a node that serves blocks only', {
        ...proven,
        chain: headersOnly(honest.chain),
      }),
      made(
        'proofs: without the round, and a node that serves blocks only',
        silently(withState(honest, withoutRound(honest))),
      ),
      made(
        'proofs: of a block too new, and a node that serves blocks only',
        silently(withState(honest, { number: 119 })),
      ),
      made('proofs: a node that serves no block of that number', {
        ...proven,
        chain: {
          ...proven.chain,
          blockByNumber: async (n) => (n === STATE_BLOCK ? null : honest.chain.blockByNumber(n)),
        },
      }),
      made('proofs: a node of another chain', {
        ...proven,
        chain: { ...proven.chain, chainId: async () => 1 },
      }),
      variant('proofs: no node', { text: textOf(proven.evidence), chain: null }),
      made('a node that serves blocks only, and no proofs', silently(honest)),
    ],
  };
}

const silently = <W extends World>(shown: W): W => ({ ...shown, chain: headersOnly(shown.chain) });

/** Before Cancun: no blobs, no beacon root, no requests. */
const shanghai = Object.fromEntries(
  ['blobGasUsed', 'excessBlobGas', 'parentBeaconBlockRoot', 'requestsHash'].map((name) => [name, undefined]),
);
const zeroRounds: Change = { words: [[roundSlot(KEY), 0n]], keepZeros: true };
const withoutRound = ({ evidence }: World): Change => ({
  slots: slotsOf(evidence, 7).filter((slot) => slot !== roundSlot(KEY)),
});

/** The same words, kept by a contract at another address. */
function ofAnother({ evidence }: World): StateWitness {
  const contract = `0x${'77'.repeat(20)}`;
  const other = {
    contract,
    codeHash: REGISTRY.codeHash,
    number: STATE_BLOCK,
    time: 1,
    words: wordsOf(evidence),
  };
  const { block, proof } = makeState(other);
  const shown = withState({ evidence, chain: world('').chain });
  const { accountProof } = proof([]) as { accountProof: string[] };
  const header = String(block['stateRoot']);
  return {
    ...shown.state,
    header: fieldReplaced(shown.state.header, 3, fromHex(header.slice(2))),
    account: accountProof,
  };
}

const TENDER = { notice: ZEROS, bidsDue: 1_770_715_801, standstill: 1, time: 1, blockNumber: 1 };
const AWARD = { commitment: KEY, standstillEnds: 2, time: 1, blockNumber: 1 };

/** The acts that the contract notes itself, asked of proofs alone. */
function actsOf(
  withRecord: (record: Partial<TenderRecord>, words: (commitment: string) => Change['words']) => World,
): { good: Record<string, World>; forged: Record<string, World> } {
  const notice = (word: (commitment: string) => string) =>
    withRecord({ type: 'notice' }, (own) => WORDS.tender(KEY, { ...TENDER, notice: word(own) }));
  const award = (round: number, word: (commitment: string) => string) =>
    withRecord({ type: 'award-announced' }, (own) =>
      WORDS.award(KEY, round, { ...AWARD, commitment: word(own) }),
    );
  const bid = (bidsDue: number) =>
    withRecord({ type: 'bid' }, () => WORDS.tender(KEY, { ...TENDER, notice: KEY, bidsDue }));
  return {
    good: {
      'the tender’s notice by the proofs alone': notice((own) => own),
      'the announced award by the proofs alone': award(0, (own) => own),
      'a bid before the due time by the proofs alone': bid(1_770_715_801),
    },
    forged: {
      'another notice': notice(() => KEY),
      'no tender': withRecord({ type: 'notice' }, () => []),
      'another award': award(0, () => KEY),
      'an award of another round': award(1, (own) => own),
      'a bid at the due time': bid(1_770_715_800),
    },
  };
}
