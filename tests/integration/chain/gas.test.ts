import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gasReport, GAS_REPORT, measureGas, type GasFigure } from '@/lib/cli/gas-figures';
import { dearestPair, equalProof, proofCost } from '@/lib/cli/gas-tree';
import { rpc } from '@/lib/server/embedded/chain';
import { startAnvil, type Anvil } from './anvil';
import { GENESIS } from './world';

// What the operator pays: within the limits, and as contracts/GAS.md says.

describe('gas', () => {
  let anvil: Anvil;
  let figures: GasFigure[] = [];
  beforeAll(async () => {
    anvil = await startAnvil(GENESIS);
    figures = await measureGas((method, params) => rpc(anvil.rpcUrl, method, params));
  }, 60_000);
  afterAll(() => anvil.stop());

  it('is within the limit of every call that has one', () => {
    const limited = figures.filter(({ limit }) => limit !== null);
    expect(limited.filter(({ call }) => call === 'extendLog')).toHaveLength(10);
    expect(limited.filter(({ call }) => call === 'closeStage')).toHaveLength(16);
    expect(limited.filter(({ gas, limit }) => gas > (limit ?? 0))).toEqual([]);
  });

  it('is what contracts/GAS.md says: run npm run gas', () => {
    expect(readFileSync(GAS_REPORT, 'utf8')).toBe(gasReport(figures));
  });

  it('is measured where the proof costs most', () => {
    for (const size of [10_000, 10_000_000]) {
      const [oldSize, newSize] = dearestPair(size, 2 ** 20);
      expect(newSize - oldSize).toBeLessThanOrEqual(2 ** 20);
      for (const batch of [1, 2, 3, 100, 1_807, 4_096, 8_191]) {
        expect(proofCost(size - batch, size)).toBeLessThanOrEqual(proofCost(oldSize, newSize));
      }
      // As long as a path can be: one node a level, and the seed.
      expect(equalProof(oldSize, newSize).length).toBeGreaterThanOrEqual(Math.floor(Math.log2(newSize)));
    }
  });
});
