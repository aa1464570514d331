import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GAS } from '@/lib/worker/balance-health';

/** Gas by call, of every row of the table. */
const rows = [
  ...readFileSync('contracts/GAS.md', 'utf8').matchAll(/^\| `(\w+)` \| [^|]* \| ([\d,]+) \|/gm),
].map(([, call, gas]) => ({ call, gas: Number(gas?.replaceAll(',', '')) }));

describe('what an account is expected to need', () => {
  it.each(Object.entries(GAS))('counts %s as the dearest that was measured: %i', (call, gas) => {
    const measured = rows.filter((row) => row.call === call).map((row) => row.gas);
    expect(measured.length).toBeGreaterThan(0);
    expect(gas).toBe(Math.max(...measured));
  });
});
