import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { signBidAct } from '@/lib/sealing/bid-act';
import { portableHash, utf8 } from '@/lib/sealing/bytes';
import { openChunks, TENDERPROOF_1MIB } from '@/lib/sealing/chunked';
import { contextHash } from '@/lib/sealing/context';
import type { SealingErrorCode } from '@/lib/sealing/error';
import { SealingError, sealingErrors } from '@/lib/sealing/error';
import type { KeySet } from '@/lib/sealing/keyset';
import { checkKeySetDraft, parseKeySet, verifyKeySet } from '@/lib/sealing/keyset';
import { undecidedReasons } from '@/lib/sealing/open';
import type { FileContent } from '@/lib/sealing/package';
import { writePackage } from '@/lib/sealing/package';
import { bidKeyPair, decodeRecovery, encodeRecovery } from '@/lib/sealing/recovery';
import { requireThreshold, splitSecret } from '@/lib/sealing/shamir';
import {
  filled,
  keyCommitment,
  makeIdentity,
  makeKeySet,
  makeManifest,
  release,
  seal,
  SCOPE,
  sha256Hex,
  signingKeys,
} from './fixture';
import { collect } from './forge';
import type { Case } from './vectors/case';

const keySet = makeKeySet(2, 3);
const identity = makeIdentity(keySet);
const [first, ...others] = keySet.members as [KeySet['members'][0]];

/** The verdict of a bidder's browser on a key set, as a throw. */
function verify(changed: unknown, expected: object = {}) {
  const verdict = verifyKeySet(changed, {
    ...SCOPE,
    onChain: undefined,
    signingKeys: signingKeys(3),
    ...expected,
  });
  if (!verdict.ok) throw new SealingError(verdict.code);
}

const withFirst = (change: object) => ({ ...keySet, members: [{ ...first, ...change }, ...others] });

function writes(content: FileContent, size: number) {
  const plan = makeManifest(identity, []);
  const files = [{ name: 'a', mediaType: 'a/b', size, sha256: sha256Hex(utf8('abc')) }];
  const written = { plan: { ...plan, files }, contents: [content], padding: () => [], newHash: portableHash };
  return collect(writePackage(utf8('{}'), { ...written, onDigest: () => undefined }));
}

const abc: FileContent = async function* () {
  yield utf8('abc');
};

/** Reached by the code that refuses it, and by nothing else here. The published vectors reach the others. */
const REACHED: Partial<Record<SealingErrorCode, () => unknown>> = {
  'seed-length': () => bidKeyPair(new Uint8Array(31)),
  'threshold-range': () => requireThreshold(3, 2),
  'share-shape': () => splitSecret(filled(1), new Uint8Array(31), 2, 3),
  'share-unopenable': async () => release(await seal(), 4),
  'identity-invalid': () => contextHash({ ...identity, chainId: 0 }),
  'keyset-shape': () => parseKeySet({ ...keySet, v: 2 }),
  'keyset-order': () => parseKeySet(withFirst({ index: 2 })),
  'keyset-duplicate-key': () => verify(withFirst({ x25519: keySet.members[1]?.x25519 })),
  'keyset-low-order-key': () => verify(withFirst({ x25519: '00'.repeat(32) })),
  'keyset-unknown-signer': () => verify(withFirst({ key: keyCommitment(9) })),
  'keyset-unsigned': () => verify(withFirst({ signature: '00'.repeat(64) })),
  'keyset-other-tender': () => verify(keySet, { ocid: 'ocds-e3hb2t-0002' }),
  'keyset-not-on-chain': () => verify(keySet, { onChain: 'ab'.repeat(32) }),
  'keyset-own-key-missing': () => {
    const code = checkKeySetDraft(keySet, { index: 1, x25519: keySet.members[1]?.x25519 ?? '' });
    if (code !== undefined) throw new SealingError(code);
  },
  'stream-too-long': () => writes(abc, 2),
  'stream-too-short': () => writes(abc, 4),
  'payload-truncated': () => collect(openChunks(TENDERPROOF_1MIB, filled(1), filled(2), abc())),
  'recovery-shape': () => decodeRecovery('{}'),
  'submission-mixed': () => encodeRecovery(filled(1), []),
  'seed-reused': () =>
    encodeRecovery(filled(1), [{ identity, seed: '01'.repeat(32), envelopeHash: 'ab'.repeat(32) }]),
  'bid-act-shape': () => signBidAct(filled(1), {} as never),
};

const vectors = JSON.parse(
  readFileSync(new URL('../../../public/spec/vectors/sealed-bids.json', import.meta.url), 'utf8'),
) as { envelopes: Case[] };
const byVectors = new Set(
  vectors.envelopes.flatMap(({ expected }) => (expected.outcome === 'invalid' ? [expected.code] : [])),
);

describe('every code of the sealing errors', () => {
  it.each(Object.entries(REACHED))('%s is what this refusal says', async (code, run) => {
    const refused = await Promise.resolve()
      .then(run)
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(SealingError);
    expect(refused).toMatchObject({
      code,
      message: expect.stringContaining(sealingErrors[code as SealingErrorCode]) as string,
    });
  });

  it('is reached here or by a published vector: a code that nothing reaches says nothing', () => {
    const reached = [...Object.keys(REACHED), ...byVectors];
    expect(Object.keys(sealingErrors).filter((code) => !reached.includes(code))).toEqual([]);
  });

  it('that can decide an opening has a published vector', () => {
    const source = (name: string) =>
      readFileSync(new URL(`../../../lib/sealing/${name}.ts`, import.meta.url), 'utf8');
    const opening = ['envelope', 'open', 'read-package', 'declared', 'price-form'].map(source).join('\n');
    const thrown = Object.keys(sealingErrors).filter(
      (code) => /^(envelope|payload|package|price)-/.test(code) && opening.includes(`'${code}'`),
    );
    expect(thrown.length).toBeGreaterThan(12);
    expect(thrown.filter((code) => !byVectors.has(code as SealingErrorCode))).toEqual([]);
  });
});

describe.each(['en', 'zh'])('sentences in %s', (locale) => {
  const folder = join(import.meta.dirname, '../../../lib/i18n/messages');
  const { errors, undecided } = JSON.parse(readFileSync(join(folder, locale, 'sealing.json'), 'utf8')) as {
    errors: Record<string, string>;
    undecided: Record<string, string>;
  };
  const keyErrors = readFileSync(new URL('../../../lib/browser/keys/key-error.ts', import.meta.url), 'utf8');
  const keyCodes = [...keyErrors.matchAll(/\| '([a-z-]+)'/g)].map((match) => match[1] ?? '');
  const isSentence = (text: string | undefined) => {
    expect(text).toMatch(locale === 'zh' ? /\p{Script=Han}.*。$/u : /^[A-Z].*\.$/);
    expect(/\p{Script=Han}/u.test(text ?? ''), text).toBe(locale === 'zh');
  };

  it.each(Object.keys(sealingErrors))('say what to do about %s', (code) => isSentence(errors[code]));
  it.each(Object.keys(undecidedReasons))('say why a bid is undecided: %s', (code) =>
    isSentence(undecided[code]),
  );
  it.each(keyCodes)('say what to do about the key file’s %s', (code) => isSentence(errors[code]));

  it('are those of the code, and no more', () => {
    expect(keyCodes.length).toBeGreaterThan(5);
    const known = [...Object.keys(sealingErrors), ...keyCodes, 'unreachable'];
    expect(Object.keys(errors).filter((code) => !known.includes(code))).toEqual([]);
    expect(Object.keys(undecided).sort()).toEqual(Object.keys(undecidedReasons).sort());
    if (locale === 'en') {
      expect(errors).toMatchObject(sealingErrors);
      expect(undecided).toEqual(undecidedReasons);
    }
  });
});
