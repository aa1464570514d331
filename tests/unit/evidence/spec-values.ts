import { createHash } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { descriptorFingerprint } from '@/lib/evidence/descriptor';
import { checkpointText, signCheckpoint } from '@/lib/merkle/checkpoint';
import { cosign, formatWitnessKey, witnessKey } from '@/lib/merkle/cosignature';
import { leafHash, nodeHash } from '@/lib/merkle/hash';
import { encodeEntries } from '@/lib/merkle/tile-path';
import { buildLevels, consistencyProof, inclusionProof, rootOf } from '@/lib/merkle/tree';
import { formatVerifierKey, verifierKey } from '@/lib/merkle/verifier-key';
import { fromHex, toHex } from '@/lib/record/hex';
import { canonicalText } from '@/lib/record/jcs';
import { recordDigest } from '@/lib/record/sign';
import { processKey } from '@/lib/record/stage-key';
import { openState } from '@/lib/evidence/state-proof';
import { stageSlots } from '@/lib/evidence/ledger-slots';
import { decodeRlp, type RlpItem } from '@/lib/evidence/rlp';
import { keccakHex, lookup, nodesByHash } from '@/lib/evidence/trie';
import { commitments } from '../merkle/naive';
import { withState } from './state/with-state';
import { FILE, OCID, REGISTRY, world } from './world';

/*
 * Every figure that the worked examples of public/spec print, made by the code. The tests look for each of them in the
 * text, so that an example can never drift from what the software does.
 */

export const FILE_SHA256 = createHash('sha256').update(FILE).digest('hex');
export const EXAMPLE = world(FILE_SHA256);
/** The same with a proof of the contract's storage. */
export const EXAMPLE_STATE = withState(EXAMPLE);

export function recordValues(): Record<string, string> {
  const { entry } = EXAMPLE.evidence;
  const key = EXAMPLE.evidence.keys[0];
  if (key === undefined) throw new Error('the example has a signing key');
  return {
    fileSha256: FILE_SHA256,
    keyRecord: canonicalText(key.entry.record),
    keyEntry: canonicalText(key.entry),
    keySalt: key.salt,
    keyCommitment: entry.signatures[0]?.key ?? '',
    publicKey: String(key.entry.record.data['publicKey']),
    record: canonicalText(entry.record),
    recordDigest: toHex(recordDigest(entry.record)),
    signature: entry.signatures[0]?.signature ?? '',
    entry: canonicalText(entry),
    salt: EXAMPLE.evidence.salt,
    commitment: EXAMPLE.commitment,
    processKey: toHex(processKey(OCID)),
  };
}

/** A log of five commitments, SHA-256("leaf 0") to SHA-256("leaf 4"), under the example's log key. */
export function logValues(): Record<string, string> {
  const leaves = commitments(5, 'leaf');
  const hashes = leaves.map(leafHash);
  const [h0, h1, h2, h3, h4] = hashes;
  if (!h0 || !h1 || !h2 || !h3 || !h4) throw new Error('five leaves');
  const levels = buildLevels(hashes);
  const secret = new Uint8Array(32).fill(0x11);
  const key = verifierKey(REGISTRY.origin, ed25519.getPublicKey(secret));
  const named = (prefix: string, list: readonly Uint8Array[]) =>
    Object.fromEntries(list.map((hash, i) => [`${prefix}${i}`, toHex(hash)]));
  return {
    ...named('commitment', leaves),
    ...named('leaf', hashes),
    node01: toHex(nodeHash(h0, h1)),
    node23: toHex(nodeHash(h2, h3)),
    node0123: toHex(nodeHash(nodeHash(h0, h1), nodeHash(h2, h3))),
    root3: toHex(rootOf(levels, 3)),
    root5: toHex(rootOf(levels)),
    ...named('inclusion2_', inclusionProof(levels, 2)),
    ...named('consistency3_', consistencyProof(levels, 3)),
    verifierKey: formatVerifierKey(key),
    checkpoint: signCheckpoint({ origin: REGISTRY.origin, size: 5, rootHash: rootOf(levels) }, secret),
    ...witnessValues(),
    entriesHead: toHex(encodeEntries(leaves).slice(0, 34)),
  };
}

/** A witness's key, and its cosignature of the checkpoint of that log. */
function witnessValues(): Record<string, string> {
  const seed = new Uint8Array(32).fill(0x42);
  const name = 'witness.example/w1';
  const levels = buildLevels(commitments(5, 'leaf').map(leafHash));
  const text = checkpointText({ origin: REGISTRY.origin, size: 5, rootHash: rootOf(levels) });
  return {
    witnessKey: formatWitnessKey(witnessKey(name, ed25519.getPublicKey(seed))),
    cosignedText: `cosignature/v1\ntime 1790000000\n${text}`,
    cosignature: cosign(text, name, seed, 1_790_000_000).line,
  };
}

export function evidenceValues(): Record<string, string> {
  const { evidence, commitment } = EXAMPLE;
  const firstLog = evidence.log.inclusionProof[0] ?? '';
  const leaf = toHex(leafHash(Uint8Array.from(Buffer.from(commitment, 'hex'))));
  return {
    origin: REGISTRY.origin,
    logKey: REGISTRY.logKey,
    contract: REGISTRY.contract,
    codeHash: REGISTRY.codeHash,
    descriptorFingerprint: descriptorFingerprint(REGISTRY),
    fileSha256: FILE_SHA256,
    commitment,
    leaf,
    firstLog,
    firstNode: toHex(
      nodeHash(Uint8Array.from(Buffer.from(leaf, 'hex')), Uint8Array.from(Buffer.from(firstLog, 'hex'))),
    ),
    logRoot: evidence.log.rootHash,
    stageKey: evidence.stage?.key ?? '',
    stageRoot: evidence.stage?.rootHash ?? '',
    keyCommitment: evidence.entry.signatures[0]?.key ?? '',
  };
}

/** From the block's hash down to the two words of the example's stage. */
export function stateValues(): Record<string, string> {
  const { evidence, state } = EXAMPLE_STATE;
  const bytes = (hex: string) => fromHex(hex.replace('0x', ''));
  const list = (item: RlpItem | null) => item as readonly Uint8Array[];
  const opened = openState(state, REGISTRY.contract);
  if (!opened.ok) throw new Error(opened.fault);
  const stateRoot = toHex(list(decodeRlp(bytes(state.header)))[3] as Uint8Array);
  const accountKey = keccakHex(bytes(REGISTRY.contract));
  const account = lookup(stateRoot, fromHex(accountKey), nodesByHash(state.account.map(bytes)));
  if (account.kind !== 'value') throw new Error(account.kind);
  const key = evidence.stage?.key ?? '';
  const rounds = keccakHex(fromHex(`${key}${'0'.repeat(63)}c`));
  const [slot = '', next = ''] = stageSlots(key, 5, 0);
  const word = (at: string) => opened.state.word(at).toString(16).padStart(64, '0');
  return {
    blockHash: opened.state.block.hash.slice(2),
    stateRoot,
    accountKey,
    storageRoot: toHex(list(decodeRlp(account.value))[2] as Uint8Array),
    rounds,
    slot: slot.slice(2),
    slotKey: keccakHex(bytes(slot)),
    stageRoot: word(slot),
    numbers: word(next),
  };
}
