import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sealingErrors } from '@/lib/sealing/error';

const root = join(import.meta.dirname, '../../..');
const vectors = JSON.parse(readFileSync(join(root, 'public/spec/vectors/sealed-bids.json'), 'utf8')) as {
  envelopes: { expected: { outcome: string; code?: string } }[];
};
const opening = ['lib/procedure/open-bid.ts', 'lib/worker/open-all-bids.ts']
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n');

/** Codes with which the published vectors, or the opening beside them, call a bid invalid. */
const codes = new Set([
  ...vectors.envelopes.flatMap(({ expected }) =>
    expected.outcome === 'invalid' ? [expected.code ?? ''] : [],
  ),
  ...['price-in-technical-part', 'price-form-mismatch', 'undecided'].filter((c) =>
    opening.includes(`'${c}'`),
  ),
]);

describe.each(['en', 'zh'])('why a bid is invalid, in %s', (locale) => {
  const { invalid } = (
    JSON.parse(readFileSync(join(root, `lib/i18n/messages/${locale}/tender.json`), 'utf8')) as {
      opening: { invalid: Record<string, string> };
    }
  ).opening;

  it('has a sentence for every code', () => {
    expect(codes.size).toBeGreaterThan(20);
    expect([...codes].filter((code) => !(code in invalid))).toEqual([]);
  });

  it('has no sentence for a code that there is not', () => {
    const known = [...Object.keys(sealingErrors), ...codes, 'other'];
    expect(Object.keys(invalid).filter((code) => !known.includes(code))).toEqual([]);
  });
});
