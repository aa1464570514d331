import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '@/lib/record/hex';
import { canonicalText } from '@/lib/record/jcs';
import type { BidAct } from '@/lib/sealing/bid-act';
import { bidActDigest, verifyBidAct } from '@/lib/sealing/bid-act';
import type { EnvelopeIdentity } from '@/lib/sealing/context';
import { parseEnvelope, openOwnShare } from '@/lib/sealing/envelope';
import { keySetHash, parseKeySet } from '@/lib/sealing/keyset';
import { memorySource, openEnvelope } from '@/lib/sealing/open';
import type { Case } from './vectors/case';
import { vectorsText } from './vectors/build';

const published = readFileSync(
  new URL('../../../public/spec/vectors/sealed-bids.json', import.meta.url),
  'utf8',
);
interface Vectors {
  committees: Record<
    string,
    { keySet: unknown; keySetHash: string; secrets: { index: number; x25519Secret: string }[] }
  >;
  envelopes: Case[];
  bidActs: {
    acts: {
      description: string;
      publicKey: string;
      act: BidAct;
      digest?: string;
      signature: string;
      valid: boolean;
    }[];
  };
}
const vectors = JSON.parse(published) as Vectors;

function committeeOf(name: string) {
  const committee = vectors.committees[name];
  if (committee === undefined) throw new Error(name);
  return { ...committee, keySet: parseKeySet(committee.keySet) };
}

async function open(vector: Case) {
  const files: string[] = [];
  const data = (file: number, bytes: Uint8Array) => void (files[file] = (files[file] ?? '') + toHex(bytes));
  const outcome = await openEnvelope({
    identity: vector.identity,
    keySet: committeeOf(vector.committee).keySet,
    purpose: vector.purpose,
    source: memorySource(fromHex(vector.envelope)),
    envelopeHash: vector.envelopeHash,
    shares: vector.shares.map(({ index, share }) => ({ index, bytes: fromHex(share) })),
    ...(vector.seed === null ? {} : { seed: fromHex(vector.seed) }),
    sink: { data },
  });
  const printed = (seed: Uint8Array | null) => (seed === null ? null : toHex(seed));
  if (outcome.outcome === 'valid')
    return { ...outcome, seed: printed(outcome.seed), manifest: canonicalText(outcome.manifest), files };
  return outcome.outcome === 'invalid' ? { ...outcome, seed: printed(outcome.seed) } : outcome;
}

describe('the published vectors', () => {
  it('are what the code makes, byte for byte', async () => {
    expect(published === (await vectorsText())).toBe(true);
  });

  it('name each envelope once', () => {
    const names = vectors.envelopes.map(({ description }) => description);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(vectors.envelopes)('$expected.outcome: $description', async (vector) => {
    expect(await open(vector)).toEqual(vector.expected);
  });

  it.each(Object.keys(vectors.committees))('the keys of %s open what was sealed to them', async (name) => {
    const { keySet, keySetHash: hash, secrets } = committeeOf(name);
    expect(keySetHash(keySet)).toBe(hash);
    const vector = vectors.envelopes.find(
      ({ committee, expected }) => committee === name && expected.outcome === 'valid',
    );
    if (vector === undefined) throw new Error('no envelope');
    const header = parseEnvelope(fromHex(vector.envelope));
    const expected = { identity: vector.identity as EnvelopeIdentity, keySet, purpose: vector.purpose };
    for (const { index, share } of vector.shares) {
      const secret = secrets.find((s) => s.index === index)?.x25519Secret ?? '';
      const found = await openOwnShare(header, expected, index, fromHex(secret, 32));
      expect(toHex(found.bytes)).toBe(share);
    }
  });

  it.each(vectors.bidActs.acts)('bid act: $description', ({ publicKey, act, digest, signature, valid }) => {
    expect(verifyBidAct(publicKey, act, signature)).toBe(valid);
    if (digest !== undefined) expect(toHex(bidActDigest(act))).toBe(digest);
  });
});
