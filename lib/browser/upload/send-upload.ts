import { GoneError, LineError, type Sent } from './answer';
import { forgetPlace, keepPlace, placeName, recallPlace } from './places';
import { rateMeter, type RateMeter } from './rate';
import { registryLine, type LineOptions, type RegistryLine } from './registry-line';

/** How an upload is getting on. */
export interface Sending {
  done: number;
  total: number;
  /** Bytes a second over the last while; null while too little is known. */
  rate: number | null;
  /** Bytes go; or the next try is waited for; or another tab of this browser sends the very same. */
  line: 'sending' | 'waiting' | 'elsewhere';
  /** Since when nothing has got through, by performance.now(); null while all is well. */
  troubleSince: number | null;
}

export interface SendOptions extends LineOptions {
  /** Digest of the envelope, 64 hex digits: by it an upload is found again. */
  sha256: string;
  onSending: (sending: Sending) => void;
}

/** Large enough that waiting for each answer costs little, small enough that none takes minutes on a slow line. */
const PIECE = 16 * 1024 ** 2;
/** What a careful proxy lets pass: nginx takes 1 MB unless told otherwise. */
const LEAST_PIECE = 512 * 1024;
/** Between tries, in milliseconds: at once, then longer and longer, up to half a minute. */
const PAUSES = [0, 1000, 2000, 4000, 8000, 15_000, 30_000] as const;

/** How long to wait before the next try, in milliseconds, after so many in a row came to nothing. */
export const pauseAfter = (failures: number): number => PAUSES[Math.min(failures, PAUSES.length) - 1] ?? 0;

/** Sleeps; ends early when this computer is on a network again. @throws the signal's reason */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(resolve, milliseconds);
      const listening = { once: true, signal: over.signal };
      signal.addEventListener('abort', () => reject(signal.reason as Error), listening);
      globalThis.addEventListener?.('online', () => resolve(), listening);
    });
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

/** What the world gives; tests give another. */
export interface Tools {
  line: (options: LineOptions) => RegistryLine;
  pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  now: () => number;
}

const TOOLS: Tools = { line: registryLine, pause, now: () => performance.now() };

/**
 * Sends a sealed envelope and does not give up: after a dropped connection, a closed laptop, a restarted server, or a
 * reload of the page it goes on where the registry stands. Two tabs that send the same wait for each other.
 * @returns what it became, or the registry's refusal @throws the signal's reason when it is stopped; whatever else is our own fault
 */
export function sendUpload(options: SendOptions, tools: Tools = TOOLS): Promise<Sent> {
  const name = placeName(options.tenderId, options.sha256);
  const elsewhere = () =>
    options.onSending({
      done: 0,
      total: options.envelope.size,
      rate: null,
      line: 'elsewhere',
      troubleSince: null,
    });
  return alone(name, options.signal, elsewhere, () => persist(name, options, tools));
}

/** Runs while no other tab of this browser does. Where the browser has no locks, the registry keeps them apart. */
async function alone<T>(
  name: string,
  signal: AbortSignal,
  waiting: () => void,
  run: () => Promise<T>,
): Promise<T> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return run();
  const first = await locks.request(name, { ifAvailable: true }, async (lock) =>
    lock ? { outcome: await run() } : null,
  );
  if (first) return first.outcome;
  waiting();
  return locks.request(name, { signal }, run);
}

/** What is remembered between tries. */
interface Effort {
  failures: number;
  piece: number;
  /** The most that the registry has said to have. */
  arrived: number;
  done: number;
  troubleSince: number | null;
  meter: RateMeter;
}

async function persist(name: string, options: SendOptions, tools: Tools): Promise<Sent> {
  const { signal, onSending, envelope } = options;
  const effort: Effort = {
    failures: 0,
    piece: PIECE,
    arrived: 0,
    done: 0,
    troubleSince: null,
    meter: rateMeter(),
  };
  const tell = (line: Sending['line']) => {
    const { done, troubleSince, meter } = effort;
    onSending({ done, total: envelope.size, rate: meter.rate(tools.now()), line, troubleSince });
  };
  for (;;) {
    signal.throwIfAborted();
    try {
      return await once(name, options, tools, effort, tell);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof LineError || error instanceof GoneError)) throw error;
      noteFailure(error, effort, tools.now());
      tell('waiting');
      const asked = error instanceof LineError ? error.after * 1000 : 0;
      await tools.pause(Math.max(asked, pauseAfter(effort.failures)), signal);
    }
  }
}

function noteFailure(error: unknown, effort: Effort, now: number): void {
  effort.failures += 1;
  effort.troubleSince ??= now;
  if (error instanceof LineError && error.tooMuch) effort.piece = Math.max(LEAST_PIECE, effort.piece / 4);
}

async function once(
  name: string,
  options: SendOptions,
  tools: Tools,
  effort: Effort,
  tell: (line: Sending['line']) => void,
): Promise<Sent> {
  const line = tools.line(options);
  let url = recallPlace(name);
  if (url === null) {
    const begun = await line.begin();
    if (!begun.ok) return begun;
    ({ url } = begun);
    keepPlace(name, url);
  }
  try {
    const sent = await line.send(url, effort.piece, (done, arrived) => {
      effort.done = done;
      effort.meter.note(tools.now(), done);
      if (arrived > effort.arrived) Object.assign(effort, { arrived, failures: 0, troubleSince: null });
      tell('sending');
    });
    if (sent) return sent;
    throw new LineError({ status: 409, text: 'the registry lacks a part' });
  } catch (error) {
    // Forgotten there, as after a week: what was sent is lost, and all is sent again.
    if (error instanceof GoneError) {
      forgetPlace(name);
      effort.arrived = 0;
    }
    throw error;
  }
}
