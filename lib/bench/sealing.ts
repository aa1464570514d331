import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Bench } from './figure';
import { inChromium } from './sealing-chromium';
import { memoryInNode } from './sealing-memory';
import { inNode } from './sealing-node';

/** Sealing and opening, in Node and in Chromium. */
export const sealingBench: Bench = {
  about:
    'sealing and opening bids in Node and in Chromium, beside bare AES-GCM by WebCrypto, and the memory it takes',
  async run(stops) {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tenderproof-bench-'));
    stops.push(() => fs.rm(folder, { recursive: true, force: true }));
    return [...(await inNode(folder)), ...(await memoryInNode(folder)), ...(await inChromium(folder, stops))];
  },
};
