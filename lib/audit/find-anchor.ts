import type { ChainAnchor } from '@/lib/evidence/chain-reader';
import type { LedgerSource } from './sources';

export interface FoundAnchor extends ChainAnchor {
  readonly index: number;
}

export interface AnchorFinder {
  /** How many the chain held when this audit read them. */
  readonly count: number;
  /** Null past the end. */
  at(index: number): Promise<ChainAnchor | null>;
  /** The first anchor that holds the leaf at `index`. */
  holding(index: number): Promise<FoundAnchor | null>;
  /** The first anchor at or after `time`, in seconds since 1970. */
  from(time: number): Promise<FoundAnchor | null>;
}

/** Finds anchors by halving, since sizes grow and times never fall; each anchor is asked for once. */
export function anchorFinder(ledger: LedgerSource, count: number): AnchorFinder {
  const known = new Map<number, Promise<ChainAnchor>>();
  const read = (index: number) => {
    const reading = known.get(index) ?? ledger.anchorAt(index);
    known.set(index, reading);
    return reading;
  };
  const first = async (reached: (anchor: ChainAnchor) => boolean): Promise<FoundAnchor | null> => {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (reached(await read(middle))) high = middle;
      else low = middle + 1;
    }
    return low < count ? { index: low, ...(await read(low)) } : null;
  };
  return {
    count,
    at: async (index) => (index < count ? read(index) : null),
    holding: (index) => first(({ treeSize }) => treeSize > index),
    from: (time) => first((anchor) => anchor.time >= time),
  };
}
