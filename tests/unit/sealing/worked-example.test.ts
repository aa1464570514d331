import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromHex } from '@/lib/record/hex';
import type { KeySet } from '@/lib/sealing/keyset';
import { memorySource, openEnvelope } from '@/lib/sealing/open';
import vectors from '../../vectors/sealing/envelope.json';
import { sha256Hex } from './fixture';
import { workedExample } from './worked-example';

const specification = readFileSync(new URL('../../../public/spec/sealed-bids.md', import.meta.url), 'utf8');

describe('the worked example of the specification', () => {
  it('is what the code produces', async () => {
    const block = /<!-- worked example -->\s*```json\n([\s\S]*?)\n```/.exec(specification)?.[1];
    expect(JSON.parse(block ?? 'null')).toEqual(await workedExample());
  });

  it.each(vectors.envelopes)('vector: $description', async (vector) => {
    const { identity, envelope, envelopeHash, shares, seed } = vector;
    const keySet = vectors.keySet as KeySet;
    const result = await openEnvelope({
      identity,
      keySet,
      purpose: 'bid',
      source: memorySource(fromHex(envelope)),
      envelopeHash: envelopeHash ?? sha256Hex(fromHex(envelope)),
      shares: shares.map((share) => ({ index: share.index, bytes: fromHex(share.share) })),
      ...(seed === null ? {} : { seed: fromHex(seed) }),
    });
    expect(result).toMatchObject(vector.expected);
  });
});
