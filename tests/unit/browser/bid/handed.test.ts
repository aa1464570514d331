import { beforeAll, describe, expect, it } from 'vitest';
import { handedProblems, HANDED_HEAD, type HandedFile, type HandedTarget } from '@/lib/browser/bid/handed';
import type { OwnBid } from '@/lib/browser/bid/own-bids';
import { toHex } from '@/lib/record/hex';
import { signBidAct } from '@/lib/sealing/bid-act';
import { keySetHash } from '@/lib/sealing/keyset';
import { bidKeyPair } from '@/lib/sealing/recovery';
import type { SubmissionFile } from '@/lib/sealing/submission-file';
import { filled, makeIdentity, makeKeySet, makeManifest, SCOPE, seal } from '../../sealing/fixture';
import { DIVIDED, own } from './fixture';

const keySet = makeKeySet(2, 3);
const keyset = keySetHash(keySet);
const { chainId, contract, ocid } = SCOPE;
const target: HandedTarget = {
  registry: { chainId, contract },
  ...{ ocid, tenderer: 'org-acme', keySet, keyset, tender: DIVIDED, own: [] },
};
const PARTS = ['technical', 'financial'] as const;

let files: HandedFile[];
let submission: SubmissionFile;

/** The envelope of one part, sealed as the offline sealer does. */
async function sealPart(part: (typeof PARTS)[number], lot = 'a', tenderer = 'org-acme') {
  const identity = { ...makeIdentity(keySet, tenderer), lot, part };
  const manifest = { ...makeManifest(identity, []), priceForm: null };
  return seal({ identity, keySet, manifest, seed: filled(PARTS.indexOf(part) + 1) }, []);
}

const fileOf = (
  { bytes, envelopeHash }: { bytes: Uint8Array; envelopeHash: string },
  name: string,
): HandedFile => ({
  name,
  size: bytes.length,
  sha256: envelopeHash,
  head: bytes.subarray(0, HANDED_HEAD),
});

beforeAll(async () => {
  const sealed = await Promise.all(PARTS.map((part) => sealPart(part)));
  files = sealed.map((one, at) => fileOf(one, `${PARTS[at] ?? ''}.envelope`));
  submission = {
    format: 'tenderproof-submission/1',
    ...{ ocid, tenderer: 'org-acme', keyset, bidKey: 'ab'.repeat(32) },
    envelopes: PARTS.map((part, at) => ({
      lot: 'a',
      part,
      envelope: files[at]?.sha256 ?? '',
      size: files[at]?.size ?? 0,
      replaces: null,
    })),
  };
});

const faults = (change: Partial<SubmissionFile> = {}, of = files, to: Partial<HandedTarget> = {}) =>
  handedProblems({ ...submission, ...change }, of, { ...target, ...to }).map(({ fault }) => fault);

describe('what was sealed elsewhere', () => {
  it('can be handed in when every file is there', () => expect(faults()).toEqual([]));

  it.each([
    ['other-tender', { ocid: 'ocds-other' }],
    ['other-tenderer', { tenderer: 'org-other' }],
    ['other-keyset', { keyset: 'ff'.repeat(32) }],
  ])('must be for this tender, tenderer and committee: %s', (fault, change) =>
    expect(faults(change)).toEqual([fault]),
  );

  it('must hold every part of its lots, and no others', () => {
    const [technical, financial] = submission.envelopes;
    expect(faults({ envelopes: [technical!] }, [files[0]!])).toEqual(['part-missing']);
    const strange = { ...financial!, lot: 'x' };
    expect(faults({ envelopes: [technical!, strange] })).toEqual([
      'unknown-unit',
      'part-missing',
      'other-context',
    ]);
  });

  it('needs each file once, whole, and no other', async () => {
    const [first, second] = files as [HandedFile, HandedFile];
    expect(faults({}, [first])).toEqual(['file-missing']);
    expect(faults({}, [first, second, { ...second, name: 'copy' }])).toEqual(['file-twice']);
    expect(faults({}, [first, second, { ...second, sha256: '00'.repeat(32) }])).toEqual(['not-listed']);
    expect(faults({}, [first, { ...second, size: 99 }])).toEqual(['wrong-size']);
    expect(faults({}, [first, { ...second, head: new Uint8Array(200) }])).toEqual(['not-an-envelope']);
    const other = fileOf(await sealPart('financial', 'b'), 'b');
    const named = submission.envelopes.map((one) =>
      one.part === 'financial' ? { ...one, envelope: other.sha256, size: other.size } : one,
    );
    expect(faults({ envelopes: named }, [first, other])).toEqual(['other-context']);
  });

  it('replaces what is on record only with the agreement of its key', () => {
    const pair = bidKeyPair(filled(0x77));
    const onRecord: OwnBid[] = PARTS.map((part, at) => {
      const bid = own('a', part, `a${at}`);
      return { ...bid, sealed: { ...bid.sealed!, bidKey: toHex(pair.publicKey) } };
    });
    expect(faults({}, files, { own: onRecord })).toEqual(['replaces-missing', 'replaces-missing']);
    const agreed = (secret: Uint8Array) =>
      submission.envelopes.map((one, at) => {
        const bid = onRecord[at]?.commitment ?? '';
        const act = { act: 'replace', bid, chainId, contract, ocid, envelope: one.envelope } as const;
        const signature = signBidAct(secret, { ...act, lot: 'a', part: one.part, tenderer: 'org-acme' });
        return { ...one, replaces: { bid, signature } };
      });
    expect(faults({ envelopes: agreed(pair.secret) }, files, { own: onRecord })).toEqual([]);
    expect(faults({ envelopes: agreed(pair.secret) })).toEqual(['replaces-other', 'replaces-other']);
    expect(faults({ envelopes: agreed(filled(0x78)) }, files, { own: onRecord })).toEqual([
      'replaces-signature',
      'replaces-signature',
    ]);
  });
});
