// What a bench measures and what is wanted of it. Each figure is taken in several runs, side by side with its floor (the
// same work without ours), so that a machine that is busy or slow slows both.

export interface Bound {
  /** The value itself, or its ratio to the floor. */
  of: 'value' | 'ratio';
  atLeast?: number;
  atMost?: number;
  below?: number;
}

export interface Figure {
  name: string;
  unit: string;
  /** One value for each run. */
  runs: number[];
  floor?: { name: string; runs: number[] };
  wanted: Bound[];
  /** What was done, exactly, in a sentence or two. */
  note?: string;
}

export interface Bench {
  /** One line for the list of benches. */
  about: string;
  /**
   * @param stops gets what stops each thing that was started; called at the end, however the bench ends
   * @param tell says what is measured as soon as it is: a long bench that fails late has not measured for nothing
   */
  run(stops: (() => Promise<void>)[], tell: (figures: readonly Figure[]) => void): Promise<Figure[]>;
}

export interface Judged extends Figure {
  value: number;
  floorValue: number | null;
  /** value ÷ floor, from run to run; the median of it. */
  ratio: number | null;
  met: boolean;
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = NaN, high = NaN] = sorted.slice(sorted.length % 2 === 1 ? middle : middle - 1, middle + 1);
  return sorted.length % 2 === 1 ? low : (low + high) / 2;
}

/** The value that `share` (0 to 1) of the values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

const holds = (value: number, { atLeast = -Infinity, atMost = Infinity, below }: Bound) =>
  value >= atLeast && value <= atMost && (below === undefined || value < below);

/** Medians, ratio, and whether every bound holds. */
export function judge(figure: Figure): Judged {
  const { runs, floor, wanted } = figure;
  const value = median(runs);
  const floorValue = floor ? median(floor.runs) : null;
  // Runs are paired: what slowed one run slowed its floor as well.
  const ratio = floor ? median(runs.map((run, i) => run / (floor.runs[i] ?? NaN))) : null;
  const met = wanted.every((bound) => holds(bound.of === 'value' ? value : (ratio ?? NaN), bound));
  return { ...figure, value, floorValue, ratio, met };
}

/** Runs floor and subject in turn, `rounds` times; each answers its own measure. */
export async function sideBySide(
  rounds: number,
  floor: (round: number) => Promise<number> | number,
  subject: (round: number) => Promise<number> | number,
): Promise<{ runs: number[]; floorRuns: number[] }> {
  const runs: number[] = [];
  const floorRuns: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    floorRuns.push(await floor(round));
    runs.push(await subject(round));
  }
  return { runs, floorRuns };
}

/** Milliseconds that the work takes. */
export async function timed(work: () => Promise<unknown> | unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
