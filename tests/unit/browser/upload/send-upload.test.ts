import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  GoneError,
  LineError,
  noAnswer,
  refusalIn,
  refusalOfUpload,
  sentIn,
  type Sent,
} from '@/lib/browser/upload/answer';
import { keepPlace, placeName, recallPlace } from '@/lib/browser/upload/places';
import type { RegistryLine } from '@/lib/browser/upload/registry-line';
import { pauseAfter, sendUpload, type Sending } from '@/lib/browser/upload/send-upload';

const MiB = 1024 ** 2;
const SIZE = 40 * MiB;
const SHA = 'ab'.repeat(32);
const NAME = placeName('tender', SHA);
const DONE: Sent = { ok: true, upload: 'row' };

/** What the registry does at each piece that is sent to it: it takes it, or fails so. */
type Step = 'take' | 'cut' | Error | Extract<Sent, { ok: false }>;

/** A registry that holds uploads by address, and a line to it on which things go wrong as told. */
function registry(steps: Step[]) {
  const uploads = new Map<string, number>();
  const log: string[] = [];
  const line: RegistryLine = {
    async begin() {
      const url = `/upload/${uploads.size + 1}`;
      uploads.set(url, 0);
      log.push('begin');
      return { ok: true, url };
    },
    async send(url, piece, tell) {
      for (;;) {
        const here = uploads.get(url);
        if (here === undefined) throw new GoneError();
        tell(here, here);
        if (here === SIZE) return DONE;
        const next = Math.min(SIZE, here + piece);
        const step = steps.shift() ?? 'take';
        log.push(`${here / MiB}+${(next - here) / MiB}`);
        if (step instanceof Error) throw step;
        if (typeof step === 'object') return step;
        // Half of what was being sent has arrived when the line is cut.
        uploads.set(url, step === 'take' ? next : here + (next - here) / 2);
        tell(next, step === 'take' ? next : here);
        if (step === 'cut') throw noAnswer('cut');
      }
    },
    conclude: async () => null,
  };
  return { uploads, log, line };
}

function memory(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (i) => [...kept.keys()][i] ?? null,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => void kept.set(name, text),
    removeItem: (name) => void kept.delete(name),
    clear: () => kept.clear(),
  };
}

describe('sending a sealed envelope', () => {
  beforeEach(() => {
    globalThis.localStorage = memory();
  });
  afterEach(() => {
    delete (globalThis as { localStorage?: Storage }).localStorage;
  });

  const run = async (line: RegistryLine, signal = new AbortController().signal) => {
    const seen: Sending[] = [];
    const pauses: number[] = [];
    let time = 0;
    const outcome = await sendUpload(
      {
        tenderId: 'tender',
        sha256: SHA,
        envelope: { size: SIZE } as Blob,
        language: 'en',
        signal,
        onSending: (sending) => seen.push(sending),
      },
      {
        line: () => line,
        now: () => (time += 1000),
        pause: async (milliseconds) => {
          pauses.push(milliseconds);
          time += milliseconds;
          if (signal.aborted) throw signal.reason as Error;
        },
      },
    );
    return { outcome, seen, pauses };
  };

  it('goes piece by piece', async () => {
    const { line, log } = registry([]);
    const { outcome, pauses, seen } = await run(line);
    expect(outcome).toEqual(DONE);
    expect(log).toEqual(['begin', '0+16', '16+16', '32+8']);
    expect(pauses).toEqual([]);
    expect(seen.at(-1)).toMatchObject({ done: SIZE, total: SIZE, line: 'sending', troubleSince: null });
  });

  it('goes on where the registry stands, waiting longer while nothing gets through', async () => {
    const away = () => noAnswer('away');
    const { line, log } = registry(['take', 'cut', away(), away(), away(), 'take']);
    const { outcome, pauses, seen } = await run(line);
    expect(outcome).toEqual(DONE);
    expect(log.filter((entry) => entry === 'begin')).toHaveLength(1);
    expect(log.at(-1)).toBe('24+16');
    // Half a piece had arrived when the line was cut: that counts as getting on.
    expect(pauses).toEqual([0, 0, 1000, 2000]);
    const waiting = seen.filter((s) => s.line === 'waiting');
    expect(waiting).toHaveLength(4);
    // Trouble begins with the first try that comes to nothing, and is over when the registry has more than before.
    expect(new Set(waiting.slice(1).map((s) => s.troubleSince)).size).toBe(1);
    expect(seen.at(-1)?.troubleSince).toBeNull();
  });

  it('goes on after the page was reloaded', async () => {
    const first = registry(['take', { ok: false, code: 'not-signed-in', message: 'Sign in' }]);
    expect((await run(first.line)).outcome).toMatchObject({ code: 'not-signed-in' });
    expect(recallPlace(NAME)).toBe('/upload/1');
    // Signed in again, or another page of the same browser: nothing is sent twice.
    expect((await run(first.line)).outcome).toEqual(DONE);
    expect(first.log).toEqual(['begin', '0+16', '16+16', '16+16', '32+8']);
    expect((await run(first.line)).outcome).toEqual(DONE);
    expect(first.log).toHaveLength(5);
  });

  it('begins again what the registry has forgotten', async () => {
    keepPlace(NAME, '/upload/of-last-week');
    const { line, log } = registry([]);
    expect((await run(line)).outcome).toEqual(DONE);
    expect(log[0]).toBe('begin');
    expect(recallPlace(NAME)).toBe('/upload/1');
  });

  it('tells a refusal at once, and one at the beginning too', async () => {
    const late: Sent = { ok: false, code: 'deadline-passed', message: 'Bids were due' };
    const { line } = registry(['take', late]);
    expect(await run(line)).toMatchObject({ outcome: late, pauses: [] });
    localStorage.clear();
    expect((await run({ ...line, begin: async () => late })).outcome).toEqual(late);
  });

  it('sends smaller pieces where something on the way takes none so large', async () => {
    const tooMuch = () => new LineError({ status: 413, text: '<html>' });
    const { line, log } = registry([tooMuch(), tooMuch(), tooMuch(), tooMuch()]);
    expect((await run(line)).outcome).toEqual(DONE);
    expect(log.slice(0, 6)).toEqual(['begin', '0+16', '0+4', '0+1', '0+0.5', '0+0.5']);
  });

  it('waits as long as it is asked to', async () => {
    const { line } = registry([new LineError({ status: 429, text: '', retryAfter: 60 })]);
    expect((await run(line)).pauses).toEqual([60_000]);
  });

  it('ends when it is stopped, and on a fault of its own', async () => {
    const controller = new AbortController();
    const { line } = registry([]);
    const stopping: RegistryLine = {
      ...line,
      send: async () => {
        controller.abort();
        throw noAnswer('stopped');
      },
    };
    await expect(run(stopping, controller.signal)).rejects.toThrow('aborted');
    const broken: RegistryLine = { ...line, send: () => Promise.reject(new RangeError('ours')) };
    await expect(run(broken)).rejects.toThrow(RangeError);
  });

  it('works in a browser that keeps nothing', async () => {
    delete (globalThis as { localStorage?: Storage }).localStorage;
    const { line, log } = registry(['cut']);
    expect((await run(line)).outcome).toEqual(DONE);
    // Without a memory each try begins anew.
    expect(log.filter((entry) => entry === 'begin')).toHaveLength(2);
  });

  it('keeps nothing but an address, and not for ever', () => {
    const week = 7 * 86_400_000;
    keepPlace(NAME, '/upload/1', 1000);
    localStorage.setItem('another', 'stays');
    expect(Object.values(JSON.parse(localStorage.getItem(NAME) ?? '') as object)).toEqual([
      '/upload/1',
      1000,
    ]);
    expect(recallPlace(NAME, 1000 + week)).toBe('/upload/1');
    expect(recallPlace('other', 1001 + week)).toBeNull();
    expect(localStorage.getItem(NAME)).toBeNull();
    expect(localStorage.getItem('another')).toBe('stays');
    localStorage.setItem(NAME, '{damaged');
    expect(recallPlace(NAME)).toBeNull();
  });
});

describe('what an answer means', () => {
  const refusal = JSON.stringify({ code: 'deadline-passed', message: 'Bids were due' });
  it.each([
    [409, refusal, 'deadline-passed'],
    [401, refusal, 'deadline-passed'],
    [422, refusal, 'deadline-passed'],
    [0, '', 'line'],
    [200, '<html>Welcome to our network</html>', 'line'],
    [409, 'Upload-Offset conflict\n', 'line'],
    [413, '<html>', 'line'],
    [423, refusal, 'line'],
    [429, refusal, 'line'],
    [500, refusal, 'line'],
    [502, '', 'line'],
    [503, refusal, 'line'],
    [400, '{"code":7}', 'line'],
    [400, 'null', 'line'],
  ])('%i %s: %s', (status, text, expected) => {
    for (const read of [refusalIn, refusalOfUpload]) {
      if (expected === 'line') expect(() => read({ status, text })).toThrow(LineError);
      else expect(read({ status, text })).toMatchObject({ ok: false, code: expected });
    }
  });

  it('404: a refusal at the beginning, afterwards an upload that is gone', () => {
    expect(refusalIn({ status: 404, text: refusal })).toMatchObject({ code: 'deadline-passed' });
    for (const status of [404, 410]) expect(() => refusalOfUpload({ status, text: '' })).toThrow(GoneError);
  });

  it('knows an upload when it sees one', () => {
    expect(sentIn('{"id":"row"}')).toEqual(DONE);
    for (const text of ['', '{}', '[]', 'null', '{"id":1}']) expect(sentIn(text)).toBeNull();
  });

  it('pauses longer and longer, and never longer than half a minute', () => {
    const pauses = Array.from({ length: 30 }, (_, i) => pauseAfter(i + 1));
    expect(pauses[0]).toBe(0);
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    expect(Math.max(...pauses)).toBe(30_000);
  });
});
