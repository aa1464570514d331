import { describe, expect, it } from 'vitest';
import { concat } from '@/lib/sealing/bytes';
import { headerLength } from '@/lib/sealing/envelope';
import { openEnvelope } from '@/lib/sealing/open';
import type { Share } from '@/lib/sealing/shamir';
import { filled, makeIdentity, makeKeySet, openRequest, release, seal } from './fixture';

describe('envelope', () => {
  it('opens with every pair of a 2-of-3 committee and gives back manifest and files', async () => {
    const sealed = await seal();
    const shares = await Promise.all([1, 2, 3].map((i) => release(sealed, i)));
    for (const pair of [
      [0, 1],
      [0, 2],
      [1, 2],
    ]) {
      const read: Uint8Array[] = [];
      const sink = { data: (_file: number, bytes: Uint8Array) => void read.push(bytes.slice()) };
      const chosen = pair.map((at) => shares[at] as Share);
      const result = await openEnvelope(openRequest(sealed, sealed.bytes, chosen, { sink }));
      expect(result).toMatchObject({ outcome: 'valid', manifest: sealed.request.manifest, wrongShares: [] });
      expect(new TextDecoder().decode(concat(...read))).toBe('%PDF-1.7 our offer');
    }
  });

  it('is deterministic, and another seed gives other bytes everywhere but in what is public', async () => {
    const [a, b, c] = await Promise.all([seal(), seal(), seal({ seed: filled(0x43) })]);
    expect(a.bytes).toEqual(b.bytes);
    expect(a.bytes.length).toBe(c.bytes.length);
    expect(a.envelopeHash).not.toBe(c.envelopeHash);
  });

  it.each([
    [1, 1],
    [1, 3],
    [3, 5],
    [7, 11],
  ])('opens with %i of %i', async (k, n) => {
    const sealed = await seal({ keySet: makeKeySet(k, n) });
    const shares = await Promise.all(Array.from({ length: k }, (_, i) => release(sealed, n - i)));
    expect(await openEnvelope(openRequest(sealed, sealed.bytes, shares))).toMatchObject({ outcome: 'valid' });
  });

  it('opens over several chunks, at lengths about the chunk boundary, with a real size', async () => {
    for (const size of [1024 * 1024 - 800, 1024 * 1024, 2 * 1024 * 1024 + 5]) {
      const bytes = new Uint8Array(size).map((_, i) => i % 251);
      const sealed = await seal({}, [{ name: 'big.bin', bytes }]);
      let read = 0;
      const sink = { data: (_: number, piece: Uint8Array) => void (read += piece.length) };
      const shares = [await release(sealed, 1), await release(sealed, 3)];
      const result = await openEnvelope(openRequest(sealed, sealed.bytes, shares, { sink }));
      expect(result).toMatchObject({ outcome: 'valid' });
      expect(read).toBe(size);
    }
  });

  it('is undecided with too few shares, and the seed given by the bidder decides', async () => {
    const sealed = await seal();
    const shares = [await release(sealed, 2)];
    const undecided = await openEnvelope(openRequest(sealed, sealed.bytes, shares));
    expect(undecided).toEqual({ outcome: 'undecided', reason: 'shares-missing' });
    const withSeed = openRequest(sealed, sealed.bytes, shares, { seed: filled(0x42) });
    expect(await openEnvelope(withSeed)).toMatchObject({ outcome: 'valid' });
    const withWrong = openRequest(sealed, sealed.bytes, [], { seed: filled(0x41) });
    expect(await openEnvelope(withWrong)).toEqual({ outcome: 'undecided', reason: 'seed-does-not-fit' });
  });

  it('finds the seed beside a wrong share and names the member who released it', async () => {
    const sealed = await seal();
    const lie = { index: 2, bytes: filled(7) };
    const two = [await release(sealed, 1), lie];
    expect(await openEnvelope(openRequest(sealed, sealed.bytes, two))).toEqual({
      outcome: 'undecided',
      reason: 'shares-do-not-combine',
    });
    const three = [...two, await release(sealed, 3)];
    const result = await openEnvelope(openRequest(sealed, sealed.bytes, three));
    expect(result).toMatchObject({ outcome: 'valid', wrongShares: [2] });
  });

  it('never holds a damaged copy against the bidder', async () => {
    const sealed = await seal();
    const shares = [await release(sealed, 1), await release(sealed, 2)];
    const damaged = sealed.bytes.slice();
    damaged[200] = (damaged[200] ?? 0) ^ 1;
    const request = openRequest(sealed, damaged, shares, { envelopeHash: sealed.envelopeHash });
    expect(await openEnvelope(request)).toEqual({
      outcome: 'undecided',
      reason: 'not-the-recorded-envelope',
    });
  });

  it('never opens valid with any byte altered, dropped or added', { timeout: 60_000 }, async () => {
    const sealed = await seal();
    const shares = [await release(sealed, 1), await release(sealed, 2), await release(sealed, 3)];
    const outcomes = new Map<string, number>();
    const check = async (bytes: Uint8Array) => {
      const result = await openEnvelope(openRequest(sealed, bytes, shares));
      expect(result.outcome).not.toBe('valid');
      const key = result.outcome === 'invalid' ? result.code : result.outcome;
      outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
    };
    for (let at = 0; at < sealed.bytes.length; at++) {
      for (const mask of at < 92 ? [0x01, 0x80] : [1 << (at % 8)]) {
        const altered = sealed.bytes.slice();
        altered[at] = (altered[at] ?? 0) ^ mask;
        await check(altered);
      }
    }
    await check(sealed.bytes.slice(0, -1));
    await check(sealed.bytes.slice(0, headerLength(3)));
    await check(new Uint8Array(0));
    await check(concat(sealed.bytes, Uint8Array.of(0)));
    await check(concat(sealed.bytes, sealed.bytes));
    expect([...outcomes.keys()].sort()).toEqual([
      'envelope-length',
      'envelope-other-context',
      'envelope-other-purpose',
      'envelope-other-threshold',
      'envelope-shape',
      'payload-hash',
      'share-wrong',
      'threshold-range',
    ]);
  });

  it('refuses a bid copied to another tenderer, tender, lot or key set', async () => {
    const sealed = await seal();
    const shares = [await release(sealed, 1), await release(sealed, 2)];
    const { identity } = sealed.request;
    for (const other of [
      makeIdentity(sealed.request.keySet, 'org-thief'),
      { ...identity, ocid: 'ocds-e3hb2t-0002' },
      { ...identity, lot: '2' },
      { ...identity, part: 'technical' },
      { ...identity, keyset: 'ff'.repeat(32) },
      { ...identity, chainId: 1 },
    ]) {
      const result = await openEnvelope(openRequest(sealed, sealed.bytes, shares, { identity: other }));
      expect(result).toMatchObject({ outcome: 'invalid', code: 'envelope-other-context', seed: null });
    }
    const rehearsal = await openEnvelope(openRequest(sealed, sealed.bytes, shares, { purpose: 'rehearsal' }));
    expect(rehearsal).toMatchObject({ outcome: 'invalid', code: 'envelope-other-purpose' });
  });
});
