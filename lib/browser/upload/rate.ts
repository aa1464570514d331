/** Bytes done at a moment; `at` in milliseconds of any steady clock. */
interface Sample {
  at: number;
  done: number;
}

/** What counts as now, in milliseconds: lines change, so the beginning of a long upload says little about its end. */
const WINDOW = 20_000;
/** A rate from less time than this would jump about and tell nothing, in milliseconds. */
const LEAST = 2_000;

export interface RateMeter {
  note(at: number, done: number): void;
  /** Bytes a second over the last while, 0 when nothing moved; null while too little is known. */
  rate(at: number): number | null;
}

/** How fast something gets on. Work that is taken up at another place is measured anew. */
export function rateMeter(): RateMeter {
  let samples: Sample[] = [];
  return {
    note(at, done) {
      const last = samples.at(-1);
      if (last && done < last.done) samples = [];
      samples.push({ at, done });
      // One from before the window stays, so that the window is covered whole.
      const old = samples.findLastIndex((sample) => sample.at <= at - WINDOW);
      if (old > 0) samples.splice(0, old);
    },
    rate(at) {
      const [first] = samples;
      const last = samples.at(-1);
      if (!first || !last || at - first.at < LEAST) return null;
      return ((last.done - first.done) / (at - first.at)) * 1000;
    },
  };
}
