import { describe, expect, it } from 'vitest';
import type { Bytes } from '@/lib/sealing/bytes';
import { concat, uint32, utf8 } from '@/lib/sealing/bytes';
import { PREFIX_LENGTH } from '@/lib/sealing/chunked';
import { FIXED_HEADER_LENGTH } from '@/lib/sealing/envelope';
import { openEnvelope } from '@/lib/sealing/open';
import { paddedLength } from '@/lib/sealing/padme';
import type { Share } from '@/lib/sealing/shamir';
import { canonicalText } from '@/lib/record/jcs';
import type { Sealed } from './fixture';
import { filled, makeIdentity, makeKeySet, makeManifest, openRequest, release, seal } from './fixture';
import { altered, makeForge } from './forge';

const keySet = makeKeySet(2, 3);
const identity = makeIdentity(keySet);
const expected = { identity, keySet, purpose: 'bid' as const };
const seed = filled(0x42);
const { sealPlain, wrap, packageOf, withShares: sealShares } = makeForge(expected, seed);

async function outcomeOf(sealed: Sealed) {
  const shares = await Promise.all([1, 2, 3].map((i) => release(sealed, i)));
  return openEnvelope(openRequest(sealed, sealed.bytes, shares));
}

const file = utf8('content');
const honest = makeManifest(identity, [{ name: 'offer.pdf', bytes: file }]);
const [entry] = honest.files;
const payload = () => sealPlain(packageOf(honest, [file]));

describe('a dishonest bidder', () => {
  it('control: what this forge makes honestly is valid, and is what sealEnvelope makes', async () => {
    const sealed = await wrap(await payload());
    expect(await outcomeOf(sealed)).toMatchObject({ outcome: 'valid' });
    const regular = await seal({ keySet, identity }, [{ name: 'offer.pdf', bytes: file }]);
    expect(sealed.envelopeHash).toBe(regular.envelopeHash);
  });

  it.each<[string, string, (p: Bytes) => Uint8Array]>([
    ['payload-altered', 'a chunk altered', (p) => altered(p, 100)],
    ['payload-altered', 'bytes added behind the last chunk', (p) => concat(p, Uint8Array.of(1, 2, 3))],
    ['payload-altered', 'the last chunk cut short', (p) => p.slice(0, -1)],
    ['payload-commitment', 'the key commitment altered', (p) => altered(p, 30)],
    ['payload-commitment', 'the salt altered', (p) => altered(p, 3)],
  ])('%s: %s, with the header made to fit', async (code, _, alter) => {
    const sealed = await wrap(new Uint8Array(alter(await payload())));
    expect(await outcomeOf(sealed)).toMatchObject({ outcome: 'invalid', code, seed });
  });

  it('payload-altered: chunks in another order', async () => {
    const bytes = new Uint8Array(3 * 1024 * 1024).map((_, i) => i % 253);
    const p = await sealPlain(packageOf(makeManifest(identity, [{ name: 'a', bytes }]), [bytes]));
    const size = 1024 * 1024 + 16;
    const chunk = (j: number) => p.subarray(PREFIX_LENGTH + j * size, PREFIX_LENGTH + (j + 1) * size);
    const swapped = concat(
      p.subarray(0, PREFIX_LENGTH),
      chunk(1),
      chunk(0),
      p.subarray(PREFIX_LENGTH + 2 * size),
    );
    expect(await outcomeOf(await wrap(swapped))).toMatchObject({
      outcome: 'invalid',
      code: 'payload-altered',
    });
  });

  it('envelope-length: the short last chunk missing, which no message can have', async () => {
    const bytes = new Uint8Array(1024 * 1024);
    const p = await sealPlain(packageOf(makeManifest(identity, [{ name: 'a', bytes }]), [bytes]));
    const cut = p.slice(0, PREFIX_LENGTH + 1024 * 1024 + 16);
    const whole = await wrap(cut);
    const result = await openEnvelope(openRequest(await seal(), whole.bytes, []));
    expect(result).toMatchObject({ outcome: 'invalid', code: 'envelope-length' });
  });

  it.each<[string, string, Uint8Array]>([
    [
      'package-other-identity',
      'names another tenderer',
      packageOf({ ...honest, tenderer: 'org-other' }, [file]),
    ],
    ['package-other-identity', 'names another lot', packageOf({ ...honest, lot: '1' }, [file])],
    [
      'package-file-hash',
      'states another digest',
      packageOf({ ...honest, files: [{ ...entry, sha256: '00'.repeat(32) }] }, [file]),
    ],
    [
      'package-length',
      'states a file of a tebibyte',
      packageOf({ ...honest, files: [{ ...entry, size: 2 ** 39 }] }, [file]),
    ],
    ['package-length', 'is not padded', packageOf(honest, [file], (length) => length)],
    [
      'package-length',
      'is padded too much',
      packageOf(honest, [file], (length) => paddedLength(length) + 64),
    ],
    [
      'package-padding',
      'has other padding',
      concat(packageOf(honest, [file]).slice(0, -1), Uint8Array.of(0x5a)),
    ],
    ['package-shape', 'has a manifest that is not canonical', packageOf(` ${canonicalText(honest)}`, [file])],
    ['package-shape', 'has a key that is not specified', packageOf({ ...honest, note: 'hidden' }, [file])],
    [
      'package-shape',
      'has a duplicate key',
      packageOf(canonicalText(honest).replace('"lot":""', '"lot":"","lot":""'), [file]),
    ],
    [
      'package-file-name',
      'has a path as name',
      packageOf({ ...honest, files: [{ ...entry, name: '../x' }] }, [file]),
    ],
    ['package-file-empty', 'has an empty file', packageOf({ ...honest, files: [{ ...entry, size: 0 }] })],
    [
      'package-consortium',
      'leads itself as a partner',
      packageOf({ ...honest, consortium: [{ id: identity.tenderer, name: 'ACME' }] }, [file]),
    ],
    [
      'package-declarations',
      'declares a thing twice',
      packageOf({ ...honest, declarations: ['taxes-paid', 'taxes-paid'] }, [file]),
    ],
    [
      'package-duplicate-name',
      'has a name twice',
      packageOf({ ...honest, files: [entry, { ...entry, name: 'OFFER.pdf' }] }, [file, file]),
    ],
    [
      'price-form-total',
      'has a total that is not the sum',
      packageOf({ ...honest, priceForm: { ...honest.priceForm, total: '1.00' } }, [file]),
    ],
    [
      'package-too-large',
      'claims a manifest of 4 GiB',
      concat(uint32(0xffffffff), packageOf(honest, [file]).slice(4)),
    ],
  ])('%s: the package %s', async (code, _, plain) => {
    expect(await outcomeOf(await wrap(await sealPlain(plain)))).toMatchObject({
      outcome: 'invalid',
      code,
      seed,
    });
  });
});

describe('shares that are not what they should be', () => {
  const withShares = async (change: (shares: Share[]) => Share[]) => sealShares(await payload(), change);
  const open = async (sealed: Sealed, members: number[], more = {}) => {
    const shares = await Promise.all(members.map((i) => release(sealed, i)));
    return openEnvelope(openRequest(sealed, sealed.bytes, shares, more));
  };
  const spoil = (shares: Share[], ...which: number[]) =>
    shares.map((share) => (which.includes(share.index) ? { ...share, bytes: filled(share.index) } : share));

  it('fit only some subsets: invalid as soon as the seed is known, whoever came, and no member is blamed', async () => {
    const sealed = await withShares((shares) => spoil(shares, 3));
    const invalid = { outcome: 'invalid', code: 'share-wrong', seed, wrongShares: [] };
    expect(await open(sealed, [1, 2])).toEqual(invalid);
    expect(await open(sealed, [1, 2, 3])).toEqual(invalid);
    expect(await open(sealed, [1, 3])).toEqual({ outcome: 'undecided', reason: 'shares-do-not-combine' });
    expect(await open(sealed, [1, 3], { seed })).toEqual(invalid);
  });

  it('never combine: undecided until the bidder gives the seed, then invalid', async () => {
    const sealed = await withShares((shares) => spoil(shares, 1, 2, 3));
    expect(await open(sealed, [1, 2, 3])).toEqual({ outcome: 'undecided', reason: 'shares-do-not-combine' });
    expect(await open(sealed, [1, 2, 3], { seed })).toMatchObject({
      outcome: 'invalid',
      code: 'share-wrong',
    });
  });

  it('cannot be opened by the member at all: the others decide', async () => {
    const sealed = await withShares((shares) => shares);
    const at = FIXED_HEADER_LENGTH + 40;
    sealed.bytes[at] = (sealed.bytes[at] ?? 0) ^ 1;
    await expect(release(sealed, 1)).rejects.toMatchObject({ code: 'share-unopenable' });
    const shares = [await release(sealed, 2), await release(sealed, 3)];
    const result = await openEnvelope(openRequest(sealed, sealed.bytes, shares));
    expect(result).toMatchObject({ outcome: 'invalid', code: 'share-wrong' });
  });

  it('are refused malformed, doubled, or out of range without an error', async () => {
    const sealed = await wrap(await payload());
    const one = await release(sealed, 1);
    const odd = [{ index: 9, bytes: filled(1) }, { index: 2, bytes: new Uint8Array(3) }, one, one];
    expect(await openEnvelope(openRequest(sealed, sealed.bytes, odd))).toMatchObject({
      outcome: 'undecided',
    });
    const more = [...odd, await release(sealed, 3)];
    expect(await openEnvelope(openRequest(sealed, sealed.bytes, more))).toMatchObject({ outcome: 'valid' });
  });
});
