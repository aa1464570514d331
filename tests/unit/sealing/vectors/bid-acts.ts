import type { BidAct } from '@/lib/sealing/bid-act';
import { bidActDigest, signBidAct } from '@/lib/sealing/bid-act';
import { bidKeyPair } from '@/lib/sealing/recovery';
import { canonicalText } from '@/lib/record/jcs';
import { toHex } from '@/lib/record/hex';
import { filled, SCOPE } from '../fixture';

const unit = { ...SCOPE, lot: '1', part: 'financial', tenderer: 'org-acme', bid: 'b1'.repeat(32) };

/** What a bid's key signs, byte by byte; `valid` is what every verifier must find. */
export function bidActs() {
  const { secret, publicKey } = bidKeyPair(filled(0x51));
  const replace: BidAct = { ...unit, act: 'replace', envelope: 'e1'.repeat(32) };
  const withdraw: BidAct = { ...unit, act: 'withdraw', envelope: null };
  const signed = (description: string, act: BidAct) => ({
    description,
    publicKey: toHex(publicKey),
    act,
    statement: canonicalText(act),
    digest: toHex(bidActDigest(act)),
    signature: signBidAct(secret, act),
    valid: true,
  });
  const good = [signed('a replacement', replace), signed('a withdrawal', withdraw)] as const;
  const { signature } = good[1];
  const bad = (description: string, change: object) => ({
    ...{ description, publicKey: toHex(publicKey), act: withdraw, signature, valid: false },
    ...change,
  });
  const neutral = `01${'00'.repeat(31)}`;
  return {
    secret: toHex(secret),
    acts: [
      ...good,
      bad('a withdrawal of another bid', { act: { ...withdraw, bid: 'b2'.repeat(32) } }),
      bad('a withdrawal of another part', { act: { ...withdraw, part: 'technical' } }),
      bad('a withdrawal with a key too many', { act: { ...withdraw, note: '' } }),
      bad('a withdrawal that names an envelope', { act: { ...withdraw, envelope: 'e1'.repeat(32) } }),
      bad('a withdrawal signed as a replacement', { signature: good[0].signature }),
      bad('a key of small order, which signs anything where rules are lenient', {
        publicKey: neutral,
        signature: `${neutral}${'00'.repeat(32)}`,
      }),
    ],
  };
}
