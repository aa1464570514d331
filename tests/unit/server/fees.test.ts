import { describe, expect, it } from 'vitest';
import { feesWithin, priceNow } from '@/lib/server/chain/fees';

const fees = (maxFeePerGas: bigint, maxPriorityFeePerGas: bigint) => ({ maxFeePerGas, maxPriorityFeePerGas });

describe('fees within a cap', () => {
  // Base fee 10, tip 2: the node suggests 2 × 10 + 2.
  const suggested = fees(22n, 2n);

  it('are what the node suggests, cut to the cap, while a unit of gas costs no more than the cap', () => {
    expect(priceNow(suggested)).toBe(12n);
    expect(feesWithin(100n, suggested)).toEqual(suggested);
    expect(feesWithin(15n, suggested)).toEqual(fees(15n, 2n));
    expect(feesWithin(12n, suggested)).toEqual(fees(12n, 2n));
    expect(feesWithin(11n, suggested)).toBeNull();
  });

  it('replace others by at least a tenth more of both, up to the cap', () => {
    const before = fees(80n, 8n);
    const raised = feesWithin(1000n, suggested, before);
    expect(raised).toEqual(fees(91n, 10n));
    expect(feesWithin(91n, suggested, before)).toEqual(raised);
    expect(feesWithin(90n, suggested, before)).toBeNull();
    expect(feesWithin(95n, fees(180n, 2n), before)).toEqual(fees(95n, 10n));
  });
});
