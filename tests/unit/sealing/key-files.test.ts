import { describe, expect, it } from 'vitest';
import { createKeyFile, guardByPassphrase, openKeyFile, parseKeyFile } from '@/lib/browser/keys/key-file';
import { directLock } from '@/lib/browser/keys/passphrase';
import { createRecoveryFile, openRecoveryFile } from '@/lib/browser/keys/recovery-file';
import { openShares } from '@/lib/browser/sealing/open-shares';
import { releasePermit } from '@/lib/browser/sealing/release-permit';
import { sealSubmission } from '@/lib/browser/sealing/seal-bid';
import { loadFastHash } from '@/lib/browser/sealing/fast-hash';
import { fromHex, toHex } from '@/lib/record/hex';
import { canonicalText } from '@/lib/record/jcs';
import type { TenderRecord } from '@/lib/record/record';
import { verifySignature } from '@/lib/record/sign';
import { deriveCommitteeKey, deriveSigningKey } from '@/lib/sealing/member-key';
import { openEnvelope } from '@/lib/sealing/open';
import { computePriceForm } from '@/lib/sealing/price-form';
import {
  drawing,
  filled,
  makeIdentity,
  makeKeySet,
  memberSeed,
  onlyPart,
  openRequest,
  SCOPE,
} from './fixture';

const passphrase = 'correct horse battery';

const create = (seed: Uint8Array, typed: string) =>
  createKeyFile(seed, [guardByPassphrase(typed, true, directLock)], true);

function makeRecord(data: TenderRecord['data'], type = 'committee-accepted'): TenderRecord {
  return {
    v: 1,
    id: '01890a5d-ac96-774b-bcce-b302099a8057',
    type,
    ocid: SCOPE.ocid,
    stage: 0,
    round: 0,
    time: '2026-11-22T15:00:00.000Z',
    actor: { organization: 'org', person: 'p1', role: 'committee' },
    documents: [],
    refs: [],
    data,
  };
}

describe('key file', () => {
  it('opens with its passphrase, in another Unicode form too, and gives the same keys', async () => {
    const typed = 'Zoë’s long passphrase';
    const { text, key } = await create(memberSeed(1), typed.normalize('NFD'));
    expect(text).not.toContain(toHex(memberSeed(1)));
    const opened = await openKeyFile(parseKeyFile(text), typed.normalize('NFC'), directLock);
    expect(opened.publicKey).toBe(key.publicKey);
    expect(opened.publicKey).toBe(toHex(deriveSigningKey(memberSeed(1)).publicKey));
    expect(opened.committeeKey(SCOPE)).toBe(toHex(deriveCommitteeKey(memberSeed(1), SCOPE).publicKey));
    expect(opened.demonstration).toBe(true);
  });

  it('refuses a wrong or short passphrase, other files, and a public key that is not the seed’s', async () => {
    const { text, key } = await create(memberSeed(1), passphrase);
    const file = parseKeyFile(text);
    const open = (change: object, typed = passphrase) =>
      openKeyFile({ ...file, ...change }, typed, directLock);
    await expect(open({}, 'correct horse batterx')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    const nonsense = [{ kind: 'passphrase', age: 'nonsense' }];
    await expect(open({ protections: nonsense })).rejects.toMatchObject({ code: 'file-damaged' });
    await expect(open({ publicKey: '00'.repeat(32) })).rejects.toMatchObject({ code: 'file-damaged' });
    const short = create(memberSeed(1), 'eleven char');
    await expect(short).rejects.toMatchObject({ code: 'passphrase-short' });
    for (const bad of ['', '{}', '%PDF', '{"format":"tenderproof-recovery-file/1"}', text.slice(0, -4)]) {
      expect(() => parseKeyFile(bad)).toThrow(expect.objectContaining({ code: 'not-a-key-file' }));
    }
    key.close();
    expect(() => key.committeeKey(SCOPE)).toThrow(expect.objectContaining({ code: 'key-closed' }));
  });

  it('signs the record that was agreed to and refuses any other', async () => {
    const { key } = await create(memberSeed(1), passphrase);
    const signer = key.signer((record) => record.type === 'committee-accepted' && record.data.index === 1);
    const record = makeRecord({ index: 1 });
    const signature = signer.signText(canonicalText(record), 'ab'.repeat(32));
    expect(verifySignature(record, signature, fromHex(key.publicKey))).toBe(true);
    const others = [
      canonicalText(makeRecord({ index: 2 })),
      canonicalText(makeRecord({ index: 1 }, 'award')),
      JSON.stringify(record, null, 1),
      'not a record',
    ];
    for (const text of others) {
      const sign = () => signer.signText(text, 'ab'.repeat(32));
      expect(sign).toThrow(expect.objectContaining({ code: 'record-refused' }));
    }
  });

  it('agrees to a release of exactly the shares that were opened', () => {
    const shares = [
      { bid: 'aa'.repeat(32), index: 1, share: '01'.repeat(32) },
      { bid: 'bb'.repeat(32), index: 1, share: '02'.repeat(32) },
    ];
    const permit = releasePermit(SCOPE.ocid, shares);
    const release = (data: TenderRecord['data']) => permit(makeRecord(data, 'share-released'));
    expect(release({ shares: [...shares].reverse() })).toBe(true);
    expect(release({ shares: shares.slice(1) })).toBe(false);
    expect(release({ shares: shares.map((s) => ({ ...s, index: 2 })) })).toBe(false);
    const more = { bid: 'cc'.repeat(32), index: 1, share: '03'.repeat(32) };
    expect(release({ shares: [...shares, more] })).toBe(false);
    expect(release({})).toBe(false);
  });
});

describe('a bid from the browser’s code', () => {
  const keySet = makeKeySet(2, 3);
  const identity = makeIdentity(keySet);
  const priceForm = computePriceForm('EUR', [{ itemId: '1', quantity: '2', unitPrice: '9.5' }]);
  const content = (files: File[]) => ({
    envelopes: [{ identity, keySet, priceForm, consortium: [], declarations: [], files }],
  });

  it('is sealed from files, opened by members’ key files, and recovered from its recovery file', async () => {
    const files = [
      new File(['%PDF offer'], '../Angebot.pdf', { type: 'application/pdf; charset=x' }),
      new File([new Uint8Array(3_000_000)], 'plan.dwg'),
    ];
    const phases: string[] = [];
    const onProgress = (phase: string, done: number, total: number) =>
      void phases.push(`${phase} ${done === total}`);
    const draw = drawing(filled(4), filled(3));
    const sealed = await sealSubmission(content(files), draw, await loadFastHash(), onProgress);
    const bid = onlyPart(sealed);
    expect(phases.at(-1)).toBe('sealing true');
    expect(bid.manifest.files.map((file) => [file.name, file.mediaType])).toEqual([
      ['_Angebot.pdf', 'application/pdf'],
      ['plan.dwg', 'application/octet-stream'],
    ]);

    const bytes = new Uint8Array(await bid.envelope.arrayBuffer());
    const shares = await Promise.all(
      [1, 3].map(async (index) => {
        const { key } = await create(memberSeed(index), passphrase);
        const bids = [{ bid: 'aa'.repeat(32), identity, keySet, index }];
        const opened = await openShares(
          key,
          bids,
          async () => bytes.subarray(0, 1372),
          () => undefined,
        );
        expect(opened.failures).toEqual([]);
        return { index, bytes: fromHex(opened.shares[0]?.share ?? '') };
      }),
    );
    const request = openRequest({ request: { identity, keySet, purpose: 'bid' } }, bytes, shares, {
      envelopeHash: bid.envelopeHash,
    });
    expect(await openEnvelope(request)).toMatchObject({ outcome: 'valid', manifest: bid.manifest });

    const text = await createRecoveryFile(sealed.recovery, passphrase, true, directLock);
    const recovery = await openRecoveryFile(text, passphrase, directLock);
    const kept = { identity, seed: toHex(filled(3)), envelopeHash: bid.envelopeHash };
    expect(recovery).toMatchObject({ bidSecret: toHex(filled(4)), envelopes: [kept] });
    const seed = fromHex(kept.seed);
    expect(await openEnvelope({ ...request, shares: [], seed })).toMatchObject({ outcome: 'valid' });
    await expect(openRecoveryFile(text, 'another passphrase', directLock)).rejects.toMatchObject({
      code: 'wrong-passphrase',
    });
    await expect(openRecoveryFile('{}', passphrase, directLock)).rejects.toMatchObject({
      code: 'not-a-recovery-file',
    });
  });

  it('reports a share that does not open, and gives the others', async () => {
    const draw = drawing(filled(4), filled(3));
    const sealed = await sealSubmission(content([]), draw, await loadFastHash(), () => undefined);
    const bid = onlyPart(sealed);
    const bytes = new Uint8Array(await bid.envelope.arrayBuffer());
    const { key } = await create(memberSeed(2), passphrase);
    const thief = { ...identity, tenderer: 'org-thief' };
    const bids = [
      { bid: 'aa'.repeat(32), identity, keySet, index: 2 },
      { bid: 'bb'.repeat(32), identity: thief, keySet, index: 2 },
    ];
    const done: number[] = [];
    const opened = await openShares(
      key,
      bids,
      async () => bytes,
      (n) => void done.push(n),
    );
    expect(opened.shares.map(({ bid: id }) => id)).toEqual(['aa'.repeat(32)]);
    expect(opened.failures).toEqual([{ bid: 'bb'.repeat(32), code: 'envelope-other-context' }]);
    expect(done).toEqual([1, 2]);
  });
});
