import { describe, expect, it } from 'vitest';
import {
  descriptorFile,
  differences,
  MAX_DESCRIPTOR_LENGTH,
  parseDescriptor,
  pinText,
  readPin,
  trustOf,
} from '@/lib/browser/verify/pin';
import { world, NOW, REGISTRY } from '../evidence/world';
import { checkEvidenceFile } from '@/lib/browser/verify/check';

const moved = { ...REGISTRY, contract: `0x${'ab'.repeat(20)}`, codeHash: `0x${'cd'.repeat(32)}` };
const pinned = readPin(pinText(REGISTRY, NOW));

describe('what the browser keeps', () => {
  it('reads back what was kept, and since when', () => {
    expect(pinned).toEqual({
      state: 'pinned',
      pin: { since: '2026-03-01T00:00:00.000Z', registry: REGISTRY },
    });
  });

  it.each([
    [undefined, 'asking'],
    [null, 'unavailable'],
    ['', 'none'],
    ['{', 'damaged'],
    ['{}', 'damaged'],
    [JSON.stringify(REGISTRY), 'damaged'],
    [pinText({ ...REGISTRY, origin: 'another.example' }, NOW), 'damaged'],
    [pinText(REGISTRY, NOW).replace('"since"', '"since":"x","since"'), 'damaged'],
  ])('%j is %s', (text, state) => expect(readPin(text)).toEqual({ state }));
});

describe('whose word is trusted', () => {
  it('at the first visit and without storage: the page’s', () => {
    for (const text of [undefined, null, '', 'damaged']) {
      expect(trustOf(moved, readPin(text), null)).toEqual({ registry: moved, source: 'page', differs: [] });
    }
  });

  it('later: what was kept, naming each member that the page now states otherwise', () => {
    expect(trustOf(REGISTRY, pinned, null)).toEqual({ registry: REGISTRY, source: 'pinned', differs: [] });
    expect(trustOf(moved, pinned, null)).toEqual({
      registry: REGISTRY,
      source: 'pinned',
      differs: ['contract', 'codeHash'],
    });
  });

  it('before both: the reader’s own copy', () => {
    expect(trustOf(REGISTRY, pinned, moved)).toEqual({
      registry: moved,
      source: 'own',
      differs: ['contract', 'codeHash'],
    });
    expect(trustOf(moved, pinned, moved)).toMatchObject({ source: 'own', differs: [] });
  });

  it('goes on verifying against what was kept when the page names another registry', async () => {
    const { evidence, chain } = world('a'.repeat(64));
    const check = (registry: typeof REGISTRY) =>
      checkEvidenceFile(JSON.stringify(evidence), {
        registry,
        chain: () => chain,
        get: async () => '',
        now: () => NOW,
      });
    const verdict = (outcome: string) => ({ results: [{ verification: { verdict: { outcome } } }] });
    expect(await check(trustOf(moved, pinned, null).registry)).toMatchObject(verdict('proven'));
    expect(await check(trustOf(REGISTRY, pinned, moved).registry)).toMatchObject(verdict('refuted'));
  });

  it('does not take the case of an address for a difference', () => {
    const upper = REGISTRY.contract.replace('0x5fbd', '0x5FBD');
    expect(differences(REGISTRY, { ...REGISTRY, contract: upper })).toEqual([]);
    expect(differences(REGISTRY, { ...REGISTRY, confirmations: 1, chainId: 1 })).toEqual([
      'chainId',
      'confirmations',
    ]);
  });
});

describe('the reader’s own copy', () => {
  it('is the descriptor, the registry’s answer that holds it, or the file that was downloaded', () => {
    const answer = { descriptor: REGISTRY, prefixLength: 2, rulePacks: [], rpcUrl: null, embedded: true };
    const { name, text } = descriptorFile(REGISTRY);
    for (const copy of [JSON.stringify(REGISTRY), JSON.stringify(answer), text]) {
      expect(parseDescriptor(copy)).toEqual({ ok: true, registry: REGISTRY });
    }
    expect(name).toBe('registry.example-tenderproof.registry.json');
  });

  it.each([
    ['not JSON', '<html>', 'not-json'],
    ['a name twice', JSON.stringify(REGISTRY).replace('{', '{"chainId":1,'), 'not-json'],
    ['too long', `${JSON.stringify(REGISTRY)}${' '.repeat(MAX_DESCRIPTOR_LENGTH)}`, 'not-json'],
    ['something else', '{"a":1}', 'not-descriptor'],
    ['an array', '[]', 'not-descriptor'],
    ['a member too many', JSON.stringify({ ...REGISTRY, extra: 1 }), 'not-descriptor'],
    ['a member too few', JSON.stringify({ ...REGISTRY, predecessor: undefined }), 'not-descriptor'],
    ['a key of another name', JSON.stringify({ ...REGISTRY, origin: 'x.example' }), 'not-descriptor'],
    ['an answer without one', '{"descriptor":null}', 'not-descriptor'],
  ])('is refused when it is %s', (_, text, code) =>
    expect(parseDescriptor(text)).toMatchObject({ ok: false, code }),
  );
});
