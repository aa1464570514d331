import { alteredCases } from './altered';
import { bidActs } from './bid-acts';
import { COMMITTEES, publishedCommittee } from './committees';
import { dishonestCases } from './dishonest';
import { honestCases, recipes } from './honest';

/** public/spec/vectors/sealed-bids.json, the same at every run. */
export async function sealedBidVectors() {
  const { '1-of-1': one, '2-of-3': two, '3-of-5': three } = COMMITTEES;
  return {
    format: 'tenderproof-sealed-bids-vectors/1',
    description:
      'Sealed envelopes of version 1 (sealed-bids.md) with what members released, the seed the tenderer gave if any, and ' +
      'the outcome that every opener must reach. Every envelope has one flaw at most. Bytes are in hexadecimal; ' +
      'expected.manifest is the exact text; expected.files are in its order. The recipes are too large to print: seal ' +
      'them (byte i of a file is (31 i + 7) mod 251) and compare the SHA-256 of the envelope. No key here protects anything.',
    committees: {
      '1-of-1': publishedCommittee(one),
      '2-of-3': publishedCommittee(two),
      '3-of-5': publishedCommittee(three),
    },
    envelopes: [...(await honestCases()), ...(await alteredCases()), ...(await dishonestCases())],
    recipes: await recipes(),
    bidActs: bidActs(),
  };
}

export const vectorsText = async () => `${JSON.stringify(await sealedBidVectors(), null, 1)}\n`;
