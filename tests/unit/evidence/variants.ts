import { createHash } from 'node:crypto';
import { ed25519, ED25519_TORSION_SUBGROUP } from '@noble/curves/ed25519.js';
import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js';
import { ChainUnavailable, type ChainReader } from '@/lib/evidence/chain-reader';
import type { Evidence } from '@/lib/evidence/format';
import { signCheckpoint } from '@/lib/merkle/checkpoint';
import { fromHex, toHex } from '@/lib/record/hex';
import type { RecordSignature, TenderRecord } from '@/lib/record/record';
import { recordDigest, signRecord } from '@/lib/record/sign';
import {
  awardRecord,
  FILE,
  LOG_SECRET,
  NOW,
  OFFICER_SECRET,
  REGISTRY,
  world,
  type WorldOptions,
} from './world';
import { stateVariants } from './state/variants';

/* Evidence, good and bent, for every verifier to agree on. Each variant is a whole question. */

export interface Variant {
  readonly name: string;
  /** The evidence file. */
  readonly text: string;
  /** Null: no node is named. */
  readonly chain: ChainReader | null;
  readonly file: Uint8Array | null;
  readonly now: number;
}

const SHA256 = createHash('sha256').update(FILE).digest('hex');
const HONEST = world(SHA256);
const ZEROS = '0'.repeat(64);
const record = (change: Partial<TenderRecord> = {}) => awardRecord(SHA256, change);

/** A chain has all its anchors: before the last there are smaller ones. */
function whole(chain: ChainReader): ChainReader {
  const anchorAt: ChainReader['anchorAt'] = async (index) =>
    index < 7
      ? { treeSize: 4 * index + 4, time: 1_770_000_000 + index, rootHash: ZEROS }
      : chain.anchorAt(index);
  return { ...chain, anchorAt };
}

const CHAIN = whole(HONEST.chain);

function variant(name: string, change: Partial<Variant> = {}): Variant {
  const text = JSON.stringify(HONEST.evidence);
  return { name, text, chain: CHAIN, file: FILE, now: NOW, ...change };
}

// One thing in the honest evidence altered.

type Anchor = NonNullable<Evidence['anchor']>;
type Stage = NonNullable<Evidence['stage']>;
type Key = Evidence['keys'][number];

const BENT: Record<string, (e: Evidence, anchor: Anchor, stage: Stage, key: Key) => void> = {
  'another origin': (e) => void (e.log.origin = 'registry.examp1e/tenderproof'),
  'another origin of the key': (_e, _a, _s, key) => void (key.log.origin = 'registry.examp1e/tenderproof'),
  'another chain': (_, anchor) => void (anchor.chainId = 1),
  'another contract': (_, anchor) => void (anchor.contract = `0x${'1'.repeat(40)}`),
  'another contract of the key': (_e, _a, _s, key) => void (key.anchor!.contract = `0x${'1'.repeat(40)}`),
  'another index': (e) => void (e.log.index = 13),
  'an index at the size': (e) => void (e.log.index = 40),
  'the largest index': (e) => void (e.log.index = Number.MAX_SAFE_INTEGER),
  'another size': (e) => void (e.log.treeSize = 41),
  'size 0': (e) => void (e.log.treeSize = 0),
  'size and anchor of 41': (e, anchor) => void (e.log.treeSize = anchor.treeSize = 41),
  'another root': (e) => void (e.log.rootHash = ZEROS),
  'another root everywhere': (e, anchor) => void (e.log.rootHash = anchor.rootHash = ZEROS),
  'an extra node': (e) => void e.log.inclusionProof.push(ZEROS),
  'a node left out at the top': (e) => void e.log.inclusionProof.pop(),
  'a node left out at the leaf': (e) => void e.log.inclusionProof.shift(),
  'no nodes': (e) => void (e.log.inclusionProof = []),
  'nodes swapped': (e) => void e.log.inclusionProof.unshift(...e.log.inclusionProof.splice(1, 1)),
  'nodes reversed': (e) => void e.log.inclusionProof.reverse(),
  '54 nodes': (e) => void (e.log.inclusionProof = new Array<string>(54).fill(ZEROS)),
  'another salt': (e) => void (e.salt = ZEROS),
  'another type': (e) => void (e.entry.record.type = 'contract'),
  'another role': (e) => void (e.entry.record.actor = { ...e.entry.record.actor, role: 'approver' }),
  'another person': (e) => void (e.entry.record.actor = { ...e.entry.record.actor, person: 'p-other' }),
  'another price': (e) => void (e.entry.record.data = { value: { amount: '1.00', currency: 'CNY' } }),
  'another time': (e) => void (e.entry.record.time = '2026-02-09T09:30:00.250Z'),
  'a time in the future': (e) => void (e.entry.record.time = '2126-02-09T09:30:00.250Z'),
  'a day that there is not': (e) => void (e.entry.record.time = '2026-02-30T09:30:00.250Z'),
  'a leap second': (e) => void (e.entry.record.time = '2016-12-31T23:59:60.000Z'),
  'the hour 24': (e) => void (e.entry.record.time = '2026-02-09T24:00:00.000Z'),
  'the year 0000': (e) => void (e.entry.record.time = '0000-02-29T00:00:00.000Z'),
  'another ocid': (e) => void (e.entry.record.ocid = 'ocds-tp0001-2026-000043'),
  'a unit': (e) => void (e.entry.record.unit = { lot: '1', part: '' }),
  'another stage of the record': (e) => void (e.entry.record.stage = 4),
  'another digest of the document': (e) => void (e.entry.record.documents[0]!.sha256 = ZEROS),
  'another size of the document': (e) => void (e.entry.record.documents[0]!.size = 71),
  'a document twice': (e) => void e.entry.record.documents.push(e.entry.record.documents[0]!),
  'a dropped signature': (e) => void (e.entry.signatures = []),
  'a signature twice': (e) => void e.entry.signatures.push(e.entry.signatures[0]!),
  'a bit of the signature': (e) =>
    void (e.entry.signatures[0]!.signature = flip(e.entry.signatures[0]!.signature)),
  'a signature by no known key': (e) => void (e.entry.signatures[0]!.key = ZEROS),
  'a dropped key': (e) => void (e.keys = []),
  'another salt of the key': (_e, _a, _s, key) => void (key.salt = ZEROS),
  'another public key': (_e, _a, _s, key) => void (key.entry.record.data = { publicKey: ZEROS }),
  'another index of the key': (_e, _a, _s, key) => void (key.log.index = 5),
  'no anchor of the key': (_e, _a, _s, key) => void (key.anchor = null),
  'another anchor of the key': (_e, _a, _s, key) => void (key.anchor!.anchorIndex = 6),
  'another checkpoint of the key': (_e, _a, _s, key) => void (key.checkpoint = checkpoint(40, 0x23)),
  'no checkpoint': (e) => void (e.checkpoint = 'x'),
  'a checkpoint of another tree': (e) => void (e.checkpoint = checkpoint(41)),
  'a checkpoint by another key': (e) => void (e.checkpoint = checkpoint(40, 0x23)),
  'a checkpoint of another origin': (e) =>
    void (e.checkpoint = checkpoint(40, 0x11, 'registry.examp1e/tenderproof')),
  'a checkpoint with another size': (e) => void (e.checkpoint = e.checkpoint.replace('\n40\n', '\n41\n')),
  'a checkpoint with a zero before its size': (e) =>
    void (e.checkpoint = e.checkpoint.replace('\n40\n', '\n040\n')),
  'a bit of the checkpoint’s signature': (e) => void (e.checkpoint = spoil(e.checkpoint)),
  'a line in the checkpoint': (e) => void (e.checkpoint = e.checkpoint.replace('\n\n', '\nmore\n\n')),
  'a line above the checkpoint': (e) => void (e.checkpoint = `\n${e.checkpoint}`),
  'a checkpoint without its last newline': (e) => void (e.checkpoint = e.checkpoint.slice(0, -1)),
  'a checkpoint with an empty line at its end': (e) => void (e.checkpoint += '\n'),
  'a checkpoint with another dash': (e) => void (e.checkpoint = e.checkpoint.replace('— ', '-- ')),
  'a checkpoint with returns': (e) => void (e.checkpoint = e.checkpoint.replaceAll('\n', '\r\n')),
  'a checkpoint with a line that is no signature': (e) => void (e.checkpoint += 'x\n'),
  'a checkpoint with a broken signature beside the good one': (e) =>
    void (e.checkpoint += spoil(e.checkpoint.slice(e.checkpoint.indexOf('— ')))),
  'a checkpoint with 33 signatures': (e) =>
    void (e.checkpoint += `— w.example ${Buffer.alloc(68).toString('base64')}\n`.repeat(32)),
  'a root with stray bits': (e) => void (e.checkpoint = e.checkpoint.replace('cms=\n', 'cmt=\n')),
  'no anchor': (e) => void (e.anchor = null),
  'neither anchor nor stage': (e) => void (e.anchor = e.stage = null),
  'an anchor that the chain has not': (_, anchor) => void (anchor.anchorIndex = 8),
  'the largest anchor index': (_, anchor) => void (anchor.anchorIndex = Number.MAX_SAFE_INTEGER),
  'an earlier anchor': (_, anchor) => void (anchor.anchorIndex = 6),
  'another size of the anchor': (_, anchor) => void (anchor.treeSize = 41),
  'another root of the anchor': (_, anchor) => void (anchor.rootHash = ZEROS),
  'an earlier time of the anchor': (_, anchor) => void (anchor.time -= 1),
  'time 0 of the anchor': (_, anchor) => void (anchor.time = 0),
  'another block': (_, anchor) => void (anchor.blockNumber = 90),
  'a block that is still to come': (_, anchor) => void (anchor.blockNumber = 121),
  'another block hash': (_, anchor) => void (anchor.blockHash = `0x${ZEROS}`),
  'no stage': (e) => void (e.stage = null),
  'the stage of another tender': (_e, _a, stage) => void (stage.key = ZEROS),
  'another stage': (_e, _a, stage) => void (stage.stage = 4),
  'another round': (_e, _a, stage) => void (stage.round = 1),
  'another place in the stage': (_e, _a, stage) => void (stage.index = 2),
  'an index at the count': (_e, _a, stage) => void (stage.index = 5),
  'an empty stage': (_e, _a, stage) => void (stage.count = 0),
  'another count': (_e, _a, stage) => void (stage.count = 6),
  'another root of the stage': (_e, _a, stage) => void (stage.rootHash = ZEROS),
  'an extra node in the stage': (_e, _a, stage) => void stage.inclusionProof.push(ZEROS),
  'a node left out in the stage': (_e, _a, stage) => void stage.inclusionProof.pop(),
  'nodes of the log for the stage': (e, _a, stage) => void (stage.inclusionProof = e.log.inclusionProof),
};

function flip(hex: string): string {
  return (hex.startsWith('0') ? '1' : '0') + hex.slice(1);
}

/** Alters the last signature of a note. */
function spoil(note: string): string {
  const at = note.length - 7;
  return note.slice(0, at) + (note[at] === 'A' ? 'B' : 'A') + note.slice(at + 1);
}

function checkpoint(size: number, seed = 0x11, origin = REGISTRY.origin): string {
  const rootHash = fromHex(HONEST.evidence.log.rootHash, 32);
  return signCheckpoint(
    { origin, size, rootHash },
    LOG_SECRET.map(() => seed),
  );
}

const bent: Variant[] = Object.entries(BENT).map(([name, alter]) => {
  const copy = structuredClone(HONEST.evidence);
  const [key] = copy.keys;
  if (copy.anchor === null || copy.stage === null || key === undefined) throw new Error('not whole');
  alter(copy, copy.anchor, copy.stage, key);
  return variant(name, { text: JSON.stringify(copy) });
});

// The file spelled in another way.

const SPELLED: Record<string, (text: string) => string> = {
  'a duplicate key': (text) => text.replace('{', `{"salt":"${ZEROS}",`),
  'a duplicate key with an escape': (text) => text.replace('{', `{"s\\u0061lt":"${ZEROS}",`),
  'a duplicate key in the record': (text) => text.replace('"v":1', '"v":1,"v":1'),
  'an unknown member': (text) => text.replace('{', '{"extra":1,'),
  'an unknown member of the log': (text) => text.replace('"log":{', '"log":{"extra":1,'),
  'an unknown member of the record': (text) => text.replace('"v":1', '"v":1,"extra":1'),
  'keys within a key': (text) => text.replace('"keys":[{', '"keys":[{"keys":[],'),
  'a member left out': (text) => text.replace(/"salt":"4+",/, ''),
  'a key __proto__': (text) => text.replace('"data":{', '"data":{"__proto__":1,'),
  'another format': (text) => text.replace('evidence/1', 'evidence/2'),
  'another version': (text) => text.replace('"v":1', '"v":2'),
  'another algorithm': (text) => text.replace('"ed25519"', '"ed448"'),
  'trailing bytes': (text) => `${text}x`,
  'a second document': (text) => text + text,
  'a byte order mark': (text) => `\ufeff${text}`,
  'a trailing comma': (text) => text.replace(/}$/, ',}'),
  'a comment': (text) => `/**/${text}`,
  'a space that is none of JSON’s': (text) => `\u00a0${text}`,
  'upper-case hexadecimal': (text) => text.replace(HONEST.evidence.log.rootHash, (hex) => hex.toUpperCase()),
  'upper-case salt': (text) => text.replace('"salt":"4444', '"salt":"A444'),
  'short hexadecimal': (text) => text.replace(HONEST.evidence.log.rootHash, (hex) => hex.slice(1)),
  'long hexadecimal': (text) => text.replace(HONEST.evidence.log.rootHash, (hex) => `${hex}0`),
  'hexadecimal with a newline': (text) => text.replace(HONEST.evidence.log.rootHash, (hex) => `${hex}\\n`),
  'hexadecimal with 0x': (text) => text.replace(HONEST.evidence.log.rootHash, (hex) => `0x${hex}`),
  'a digit of another script': (text) => text.replace('"2026-02-10T', '"202\u0666-02-10T'),
  'a float': (text) => text.replace('"index":12', '"index":12.5'),
  'an integer as a float': (text) => text.replace('"index":12', '"index":12.0'),
  'an exponent': (text) => text.replace('"treeSize":40', '"treeSize":4e1'),
  'a negative number': (text) => text.replace('"index":12', '"index":-12'),
  'a negative zero': (text) => text.replace('"round":0', '"round":-0'),
  'a leading zero': (text) => text.replace('"index":12', '"index":012'),
  'a number past 2^53': (text) => text.replace('"index":12', '"index":9007199254740993'),
  'a number of many digits': (text) => text.replace('"index":12', `"index":${'1'.repeat(5000)}`),
  'a number as a string': (text) => text.replace('"index":12', '"index":"12"'),
  'a boolean for a number': (text) => text.replace('"round":0', '"round":false'),
  'not a number': (text) => text.replace('"index":12', '"index":NaN'),
  'a lone surrogate': (text) => text.replace('lushan', '\\ud800'),
  'a control character': (text) => text.replace('lushan', '\u0001'),
  'deep nesting': (text) => text.replace('"data":{', `"data":{"deep":${'['.repeat(100)}${']'.repeat(100)},`),
  'nesting without end': () => '['.repeat(200_000),
  'too many code units': (text) =>
    text.replace('"data":{', `"data":{"long":"${'\u{1f4dc}'.repeat(2_097_152)}",`),
  'too many characters': (text) => text + ' '.repeat(4_194_305 - text.length),
  'an array': (text) => `[${text}]`,
  null: () => 'null',
  nothing: () => '',
  'half of it': (text) => text.slice(0, text.length / 2),
};

const spelled: Variant[] = Object.entries(SPELLED).map(([name, spell]) =>
  variant(name, { text: spell(JSON.stringify(HONEST.evidence)) }),
);

// A registry that forges: everything fits but one thing that it says.

function forged(
  name: string,
  options: WorldOptions,
  change: (bad: ReturnType<typeof world>) => Partial<Variant> = () => ({}),
) {
  const bad = world(SHA256, options);
  return variant(name, { text: JSON.stringify(bad.evidence), chain: whole(bad.chain), ...change(bad) });
}

const keyRecord = HONEST.evidence.keys[0]!.entry.record;
const withKey = (data: TenderRecord['data']) => ({ keyRecord: { ...keyRecord, data } });
const by = (organization: string, person: string) => ({ organization, person, role: 'officer' });

const { BASE } = ed25519.Point;
const smallOrder = ED25519_TORSION_SUBGROUP.map((hex) => ed25519.Point.fromHex(hex));
const IDENTITY = `01${'00'.repeat(31)}`;

/** A signature under the equation of RFC 8032 for the nonce 1, with a point added to the nonce's. */
function signWith(nonce: typeof BASE, secret: bigint, publicKey: Uint8Array) {
  return (text: TenderRecord, key: string): RecordSignature => {
    const r = nonce.toBytes();
    const hash = createHash('sha512').update(r).update(publicKey).update(recordDigest(text)).digest();
    const s = (1n + bytesToNumberLE(hash) * secret) % ed25519.Point.Fn.ORDER;
    return { alg: 'ed25519', key, signature: toHex(r) + toHex(numberToBytesLE(s, 32)) };
  };
}

const officer = (text: TenderRecord, key: string) => signRecord(text, OFFICER_SECRET, key);
/** S + L in the place of S: the same equation, and another signature. */
function malleable(text: TenderRecord, key: string): RecordSignature {
  const { signature } = officer(text, key);
  const s = bytesToNumberLE(fromHex(signature.slice(64), 32)) + ed25519.Point.Fn.ORDER;
  return { alg: 'ed25519', key, signature: signature.slice(0, 64) + toHex(numberToBytesLE(s, 32)) };
}

function tender(notice: string, bidsDue = '2026-02-10T09:30:01.000Z'): Partial<ChainReader> {
  const opened = { notice, bidsDue: Date.parse(bidsDue) / 1000, standstill: 1, time: 1, blockNumber: 1 };
  return { tenderOf: async () => opened };
}

function award(commitment: string, ofRound = 0): Partial<ChainReader> {
  const announced = { commitment, standstillEnds: 2, time: 1, blockNumber: 1 };
  return { awardAt: async (_, round) => (round === ofRound ? announced : null) };
}

/** Round 0 had this award; in round 1 there is another. */
function announcedAgain(commitment: string): Partial<ChainReader> {
  const announced = { commitment, standstillEnds: 2, time: 1, blockNumber: 1 };
  return {
    awardAt: async (_, round) => ({ ...announced, ...(round > 0 && { commitment: ZEROS }) }),
    roundOf: async () => 1,
  };
}

const on = (change: Partial<ChainReader>) => (bad: ReturnType<typeof world>) => ({
  chain: { ...whole(bad.chain), ...change },
});

function without(...names: ('ocid' | 'stage' | 'round')[]): TenderRecord {
  return Object.fromEntries(
    Object.entries(record()).filter(([name]) => !names.some((left) => left === name)),
  ) as TenderRecord;
}

const nested = (depth: number): TenderRecord['data'] => ({
  deep: JSON.parse('['.repeat(depth - 1) + ']'.repeat(depth - 1)) as never,
});
const titled = (title: string) => ({ record: record({ documents: [{ ...record().documents[0]!, title }] }) });
const otherSize = { ...record().documents[0]!, size: 1 };
const noStage = (bad: ReturnType<typeof world>) => ({
  text: JSON.stringify({ ...bad.evidence, stage: null }),
});

const byRegistry: Variant[] = [
  forged('a signature by another key', { sign: (text, key) => signRecord(text, LOG_SECRET, key) }),
  forged('a signature with S too large', { sign: malleable }),
  forged('a key of small order', {
    ...withKey({ publicKey: IDENTITY }),
    sign: signWith(BASE, 0n, fromHex(IDENTITY, 32)),
  }),
  forged('a key in another encoding', {
    ...withKey({ publicKey: `ee${'ff'.repeat(30)}7f` }),
    sign: signWith(BASE, 0n, fromHex(`ee${'ff'.repeat(30)}7f`, 32)),
  }),
  forged(
    'a public key in upper case',
    withKey({ publicKey: String(keyRecord.data['publicKey']).toUpperCase() }),
  ),
  forged('no public key', withKey({})),
  forged('a demonstration that is neither', withKey({ ...keyRecord.data, demonstration: 'no' })),
  forged('a key of another person', {
    keyRecord: { ...keyRecord, actor: by('org-qingshui-roads', 'p-other') },
  }),
  forged('a key of another organization', { keyRecord: { ...keyRecord, actor: by('org-other', 'p-5d1e') } }),
  forged('names that read alike when joined', {
    keyRecord: { ...keyRecord, actor: by('org / a', 'b') },
    record: record({ actor: by('org', 'a / b') }),
  }),
  forged('a key later than the record', { keyIndex: 30 }),
  forged('a key that is no key’s record', { keyRecord: { ...keyRecord, type: 'budget-line' } }),
  forged('a record later than its anchor', { record: record({ time: '2026-02-10T09:33:00.001Z' }) }),
  forged('a record without ocid', { record: without('ocid') }),
  forged('a record without stage', { record: without('stage') }),
  forged('a record of another round', { record: record({ round: 1 }) }),
  forged('a record of a unit', { record: record({ unit: { lot: '1', part: '' } }) }),
  forged('data nested 63 deep', { record: record({ data: nested(62) }) }, (bad) => ({
    text: JSON.stringify(bad.evidence).replace(
      `${'['.repeat(61)}${']'.repeat(61)}`,
      `${'['.repeat(62)}${']'.repeat(62)}`,
    ),
  })),
  forged('a title of 501 characters', titled('\u{1f4dc}'.repeat(501))),
  forged('a notice that is not the tender’s', { record: record({ type: 'notice' }) }, on(tender(ZEROS))),
  forged('a notice of no tender', { record: record({ type: 'notice' }) }),
  forged('a notice of no process', { record: { ...without('ocid', 'stage'), type: 'notice' } }, noStage),
  forged('another award announced', { record: record({ type: 'award-announced' }) }, on(award(ZEROS))),
  forged('no award announced', { record: record({ type: 'award-announced' }) }),
  forged('no award announced yet', { record: record({ type: 'award-announced' }) }, noStage),
  forged(
    'an award of no process',
    { record: { ...without('ocid', 'stage'), type: 'award-announced' } },
    noStage,
  ),
  forged('an award announced in another round', { record: record({ type: 'award-announced' }) }, (bad) =>
    on(award(bad.commitment, 1))(bad),
  ),
  forged(
    'a bid at the due time',
    { record: record({ type: 'bid' }) },
    on(tender('', '2026-02-10T09:30:00.000Z')),
  ),
  forged('a bid of no tender', { record: record({ type: 'bid' }) }),
  forged('a bid of no process', { record: { ...without('ocid', 'stage'), type: 'bid' } }, noStage),
  forged('a stage that the record names without a process', { record: without('ocid') }, noStage),
];

// A chain that says something else.

const down = async (): Promise<never> => {
  throw new ChainUnavailable('unreachable', 'test');
};
const FROM_CHAIN: Record<string, Partial<ChainReader>> = {
  'a node of another chain': { chainId: async () => 1 },
  'other code': { code: async () => Uint8Array.of(1) },
  'no contract': { code: async () => new Uint8Array() },
  'too few confirmations': { blockNumber: async () => 92 },
  'too few confirmations, and another block': {
    blockNumber: async () => 92,
    blockByNumber: async (number) => ({ number, hash: `0x${ZEROS}`, time: 1 }),
  },
  'a chain that ends before the anchor': { blockNumber: async () => 80 },
  'too few confirmations of the stage': { blockNumber: async () => 101 },
  'no such block': { blockByNumber: async () => null },
  'a block of another hash': {
    blockByNumber: async (number) => ({ number, hash: `0x${ZEROS}`, time: 1_770_715_860 }),
  },
  'a block of another time': {
    blockByNumber: async (number) => ({ number, hash: HONEST.evidence.anchor!.blockHash, time: 1 }),
  },
  'no anchors': { anchorCount: async () => 0, anchorAt: async () => null },
  'an anchor of fewer leaves': { anchorAt: async () => ({ treeSize: 12, time: 1, rootHash: ZEROS }) },
  'no such stage': { stageAt: async () => null },
  ...Object.fromEntries(
    Object.entries({
      'a stage of another root': { rootHash: '1'.repeat(64) },
      'a stage of another count': { count: 6 },
      'a stage over an earlier anchor': { anchorIndex: 1 },
      'a stage over an anchor that there is not': { anchorIndex: 8 },
      'a stage before its anchor': { time: 1 },
    }).map(([name, change]) => [name, { stageAt: closedWith(change) }]),
  ),
  ...Object.fromEntries(
    (['chainId', 'code', 'blockNumber', 'blockByNumber', 'anchorAt', 'stageAt', 'roundOf'] as const).map(
      (name) => [`a node that does not answer ${name}`, { [name]: down }],
    ),
  ),
};

function closedWith(change: object): ChainReader['stageAt'] {
  return async (...asked) => {
    const closed = await HONEST.chain.stageAt(...asked);
    return closed && { ...closed, ...change };
  };
}

const fromChain: Variant[] = Object.entries(FROM_CHAIN).map(([name, change]) =>
  variant(name, { chain: { ...CHAIN, ...change } }),
);

const asked: Variant[] = [
  variant('no node', { chain: null }),
  variant('no node, and nothing anchored', {
    chain: null,
    text: JSON.stringify({ ...HONEST.evidence, anchor: null, stage: null }),
  }),
  variant('another file', { file: FILE.map((byte, i) => (i === 0 ? byte ^ 1 : byte)) }),
  variant('an empty file', { file: new Uint8Array() }),
  variant('a clock before the record', { now: Date.parse('2026-01-01T00:00:00.000Z') }),
  forged('a document of another size', { record: record({ documents: [otherSize] }) }),
];

const ofState = stateVariants(
  (name, change) => variant(name, { ...change, ...(change?.chain && { chain: whole(change.chain) }) }),
  SHA256,
);

/** None of these may be proven by anybody. */
export const FORGED: readonly Variant[] = [
  ...bent,
  ...spelled,
  ...byRegistry,
  ...fromChain,
  ...asked,
  ...ofState.forged,
];

/** All of these are proven. */
export const GOOD: readonly Variant[] = [
  variant('the honest evidence'),
  variant('the honest evidence, indented', { text: JSON.stringify(HONEST.evidence, null, '\t') }),
  variant('no file', { file: null }),
  variant('an earlier round', { chain: { ...CHAIN, roundOf: async () => 1 } }),
  variant('a clock two minutes early', { now: Date.parse('2026-02-10T09:28:00.250Z') }),
  variant('another transaction', { text: JSON.stringify(HONEST.evidence).replaceAll('7c7c', '7d7d') }),
  variant('a contract in upper case', {
    text: JSON.stringify(HONEST.evidence).replaceAll('0x5fbd', '0x5FBD'),
  }),
  variant('strings with escapes', {
    text: JSON.stringify(HONEST.evidence).replace('officer', '\\u006fff\\u0069cer'),
  }),
  variant('a checkpoint with a witness', { text: bentText((e) => void (e.checkpoint += witnessLine())) }),
  variant('a checkpoint with an extension', {
    text: bentText((e) => void (e.checkpoint = extended(e.checkpoint))),
  }),
  forged('a record two minutes after its anchor', { record: record({ time: '2026-02-10T09:33:00.000Z' }) }),
  forged('a record without round', { record: without('round') }),
  forged('a record of the whole registry', { record: without('ocid', 'stage', 'round') }, noStage),
  forged('data nested 62 deep', { record: record({ data: nested(62) }) }),
  forged('a title of 500 characters', titled('\u{1f4dc}'.repeat(500))),
  forged('text of many kinds', {
    record: record({ data: { '\u{1f4dc}': 'ä\u2028\u007f"\\/\b', '\ufb33': 1, '': -7 } }),
  }),
  forged('the same document with two sizes', {
    record: record({ documents: [otherSize, record().documents[0]!] }),
  }),
  forged('a nonce with a part of small order', {
    sign: (text, key) => {
      const { scalar, pointBytes } = ed25519.utils.getExtendedPublicKey(OFFICER_SECRET);
      return signWith(BASE.add(smallOrder[1]!), scalar, pointBytes)(text, key);
    },
  }),
  forged('the tender’s notice', { record: record({ type: 'notice' }) }, (bad) =>
    on(tender(bad.commitment))(bad),
  ),
  forged('the announced award', { record: record({ type: 'award-announced' }) }, (bad) =>
    on(award(bad.commitment))(bad),
  ),
  forged('an award of a round that was reopened', { record: record({ type: 'award-announced' }) }, (bad) =>
    on(announcedAgain(bad.commitment))(bad),
  ),
  forged('a bid before the due time', { record: record({ type: 'bid' }) }, on(tender(''))),
  ...ofState.good,
];

function bentText(alter: (copy: Evidence) => void): string {
  const copy = structuredClone(HONEST.evidence);
  alter(copy);
  return JSON.stringify(copy);
}

function witnessLine(): string {
  return '— witness.example/w1 8e2MRwAAAABqsTuAvCUv3I5bmtcvE80M0vVSiOsXoU9zv95GF8vj0TQSQb+A6wp/rg0TXUHafCLi+RZ5BFpl++kXu4X/rMCAI7XACQ==\n';
}

/** The log's own note with a line below the root, signed. */
function extended(note: string): string {
  const text = `${note.slice(0, note.indexOf('\n\n'))}\nsomething later\n`;
  const keyId = Buffer.from(note.slice(note.lastIndexOf(' ') + 1), 'base64').subarray(0, 4);
  const signature = ed25519.sign(new TextEncoder().encode(text), LOG_SECRET);
  return `${text}\n— ${REGISTRY.origin} ${Buffer.concat([keyId, signature]).toString('base64')}\n`;
}
