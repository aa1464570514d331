import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { nativeHash } from '@/lib/server/open-file';
import { MAX_HEADER_LENGTH } from '@/lib/sealing/envelope';
import { openEnvelope, type EnvelopeSource } from '@/lib/sealing/open';
import { bareDecryption, bareEncryption } from './bare-cipher';
import { sideBySide, timed, type Figure } from './figure';
import { randomFile, sealFiles, sealInMemory } from './sealing-files';
import { benchExpectation, benchShares } from './sealing-tender';

const MB = 1_000_000;
const MIB = 1024 * 1024;
const ROUNDS = 5;
export const OFFER = 100 * MB;
export const BID = 20 * MB;
export const BIDS = 50;
/** Different envelopes among the 50 bids: each is opened ten times. */
const DIFFERENT = 5;
/** Offers of 100 MB: one file; and drawings, a few long documents, and many short ones. */
export const OFFERS: Record<string, number[]> = {
  'one file': [OFFER],
  '13 files': [40, 25, 15, 8, 5, 3, 2, 1, 0.5, 0.3, 0.1, 0.05, 0.05].map((mb) => mb * MB),
};
export const BARE_ENCRYPTION = 'AES-256-GCM by WebCrypto alone, chunks of 1 MiB one after another';
export const BARE_DECRYPTION = 'AES-256-GCM decryption by WebCrypto alone, chunks of 1 MiB';

export const perSecond = (bytes: number, ms: number) => bytes / MB / (ms / 1000);

function storedEnvelope(file: string, size: number): EnvelopeSource {
  return {
    size,
    stream: (start, to) => createReadStream(file, { start, end: to - 1, highWaterMark: MIB }),
  };
}

export interface StoredBid {
  file: string;
  size: number;
  envelopeHash: string;
}

/** Seals `DIFFERENT` bids of 20 MB into files. */
export async function benchBids(folder: string): Promise<StoredBid[]> {
  const bids: StoredBid[] = [];
  for (let i = 0; i < DIFFERENT; i += 1) {
    const offer = await randomFile(folder, `offer-${i}.pdf`, BID);
    const file = path.join(folder, `bid-${i}.envelope`);
    const { size, envelopeHash } = await sealFiles([offer], file);
    bids.push({ file, size, envelopeHash });
  }
  return bids;
}

/** Opens one bid from the shares of two members, as the worker does. */
async function openBid(
  { file, size, envelopeHash }: StoredBid,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const expected = benchExpectation();
  const handle = await fs.open(file);
  const { buffer } = await handle.read(new Uint8Array(MAX_HEADER_LENGTH), 0, MAX_HEADER_LENGTH, 0);
  await handle.close();
  const shares = await benchShares(buffer, expected);
  const source = storedEnvelope(file, size);
  const request = { ...expected, source, envelopeHash, shares, newHash: nativeHash, onProgress };
  const result = await openEnvelope(request);
  if (result.outcome !== 'valid') throw new Error(`The bid did not open: ${JSON.stringify(result)}`);
}

async function sealing(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [what, sizes] of Object.entries(OFFERS)) {
    const files = sizes.map((size) => new Uint8Array(randomBytes(size)));
    const { runs, floorRuns } = await sideBySide(
      ROUNDS,
      async () => perSecond(OFFER, await bareEncryption(OFFER)),
      async () => perSecond(OFFER, await timed(() => sealInMemory(files))),
    );
    figures.push({
      name: `Node: sealing 100 MB in ${what}`,
      unit: 'MB/s',
      runs,
      floor: { name: BARE_ENCRYPTION, runs: floorRuns },
      wanted: [{ of: 'ratio', atLeast: 0.5 }],
      note: 'From memory to memory. Digests of files, payload and envelope, padding and shares included.',
    });
  }
  return figures;
}

async function opening(folder: string): Promise<Figure[]> {
  const bids = await benchBids(folder);
  const { runs, floorRuns } = await sideBySide(
    ROUNDS,
    async () => (await bareDecryption(BIDS * BID)) / 1000,
    async () => {
      let told = 0;
      const work = async () => {
        for (let i = 0; i < BIDS; i += 1)
          await openBid(bids[i % bids.length] as StoredBid, () => (told += 1));
      };
      const ms = await timed(work);
      if (told < (BIDS * BID) / MIB) throw new Error(`Progress was told ${told} times only`);
      return ms / 1000;
    },
  );
  return [
    {
      name: `Node: opening ${BIDS} bids of 20 MB from shares, sealing each again to compare`,
      unit: 's',
      runs,
      floor: { name: BARE_DECRYPTION, runs: floorRuns },
      wanted: [{ of: 'ratio', atMost: 2.5 }],
      note: `${DIFFERENT} different envelopes on the disk, opened in turn; digests of envelope, payload and files included.`,
    },
  ];
}

/** Sealing and opening in Node. */
export async function inNode(folder: string): Promise<Figure[]> {
  return [...(await sealing()), ...(await opening(folder))];
}
