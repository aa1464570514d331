import { describe, expect, it } from 'vitest';
import { withInstead, type Texts } from '@/components/sealing/offline/with-instead';
import enBid from '@/lib/i18n/messages/en/bid.json';
import enBidDraft from '@/lib/i18n/messages/en/bidDraft.json';
import enSealer from '@/lib/i18n/messages/en/sealer.json';
import enSealing from '@/lib/i18n/messages/en/sealing.json';

const paths = (texts: Texts, before = ''): string[] =>
  Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [`${before}${key}`] : paths(text, `${before}${key}.`),
  );

describe('what the offline sealer says otherwise than the bid page', () => {
  it('stands in the place of a text that there is', () => {
    const present = new Set(paths({ bid: enBid, bidDraft: enBidDraft, sealing: enSealing }));
    expect(paths(enSealer.instead).filter((path) => !present.has(path))).toEqual([]);
  });

  it('replaces that text alone', () => {
    const texts = { a: { b: 'old', c: { d: 'kept' } }, e: 'kept' };
    expect(withInstead(texts, { a: { b: 'new' } })).toEqual({ a: { b: 'new', c: { d: 'kept' } }, e: 'kept' });
    expect(texts.a.b).toBe('old');
  });
});
