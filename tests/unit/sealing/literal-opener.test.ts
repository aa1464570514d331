import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText } from '@/lib/record/jcs';
import { deriveCommitteeKey } from '@/lib/sealing/member-key';
import { makeIdentity, makeKeySet, memberSeed, SCOPE, seal, sha256Hex } from './fixture';
import { openLiterally, publicKeyLiterally, verifyLiterally } from './literal-opener';
import { workedExample } from './worked-example';

interface Recovery {
  bidSecret: string;
  envelopes: { identity: object; seed: string; envelopeHash: string }[];
}

describe('an opener written from the specification alone', () => {
  it('opens the worked example from its printed values', async () => {
    const example = await workedExample();
    const opened = openLiterally({
      envelope: Buffer.from(example.envelope, 'hex'),
      identityJcs: example.identityJcs,
      tenderer: example.identity.tenderer,
      keySetHash: example.keySetHash,
      secrets: example.keyFiles
        .slice(1)
        .map(({ index, x25519Secret }) => ({ index, secret: Buffer.from(x25519Secret, 'hex') })),
    });
    expect(opened.seed.toString('hex')).toBe(example.seed);
    expect(canonicalText(opened.manifest)).toBe(example.manifestJcs);
    expect(opened.files.map((file) => file.toString('hex'))).toEqual([example.fileContent]);
  });

  it('finds the seed again in the printed recovery content, and the withdrawal signed by its key', async () => {
    const example = await workedExample();
    const recovery = JSON.parse(example.recoveryJcs) as Recovery;
    const [kept] = recovery.envelopes;
    expect(kept?.seed).toBe(example.seed);
    expect(kept?.envelopeHash).toBe(sha256Hex(Buffer.from(example.envelope, 'hex')));
    expect(canonicalText(kept?.identity)).toBe(example.identityJcs);
    const { bidKey, withdrawalJcs, withdrawalSignature } = example;
    expect(verifyLiterally(bidKey, withdrawalJcs, withdrawalSignature)).toBe(true);
    const moved = withdrawalJcs.replace('"lot":""', '"lot":"1"');
    expect(verifyLiterally(bidKey, moved, withdrawalSignature)).toBe(false);
    expect(publicKeyLiterally(recovery.bidSecret)).toBe(bidKey);
  });

  it('opens what the sealer makes: any committee, seed, name and length', async () => {
    const committee = fc.constantFrom([1, 1] as const, [2, 3] as const, [3, 5] as const);
    const length = fc.constantFrom(1, 500, 1024 * 1024, 2_500_000);
    const tenderer = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
    const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });
    await fc.assert(
      fc.asyncProperty(committee, length, tenderer, seeds, async ([k, n], size, name, seed) => {
        const keySet = makeKeySet(k, n);
        const identity = makeIdentity(keySet, name);
        const bytes = new Uint8Array(size).fill(size % 251);
        const sealed = await seal({ keySet, identity, seed }, [{ name: 'offer.bin', bytes }]);
        const secrets = Array.from({ length: k }, (_, i) => ({
          index: n - i,
          secret: Buffer.from(deriveCommitteeKey(memberSeed(n - i), SCOPE).secret),
        }));
        const opened = openLiterally({
          envelope: Buffer.from(sealed.bytes),
          identityJcs: canonicalText(identity),
          tenderer: name,
          keySetHash: identity.keyset,
          secrets,
        });
        expect(opened.seed).toEqual(Buffer.from(seed));
        expect(opened.manifest).toEqual(sealed.request.manifest);
        expect(opened.files[0]?.equals(bytes)).toBe(true);
      }),
      { numRuns: 12 },
    );
  });
});
