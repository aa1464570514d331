import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deadlineOutlook, FILING, type DeadlineFacts } from '@/lib/browser/upload/deadline';
import { rateMeter } from '@/lib/browser/upload/rate';
import { clockFrom, measureClock, type ClockSample } from '@/lib/browser/upload/server-clock';

const MB = 1_000_000;
const MINUTE = 60_000;
const exact = { offset: 0, uncertainty: 0 };
const facts = (given: Partial<DeadlineFacts>): DeadlineFacts => ({
  rate: MB,
  left: 60 * MB,
  now: 0,
  clock: exact,
  due: 10 * MINUTE,
  ...given,
});

describe('the outlook of an upload', () => {
  it.each([
    ['a minute of sending, ten minutes left', {}, 'fine', 10 * MINUTE, MINUTE + FILING],
    ['a slow line', { rate: (60 * MB) / 840 }, 'too-late', 10 * MINUTE, 14 * MINUTE + FILING],
    ['a minute to spare', { due: 2 * MINUTE + FILING }, 'fine', 2 * MINUTE + FILING, MINUTE + FILING],
    [
      'less than a minute to spare',
      { due: 2 * MINUTE + FILING - 1 },
      'tight',
      2 * MINUTE + FILING - 1,
      MINUTE + FILING,
    ],
    [
      'a clock that is three minutes behind',
      { clock: { offset: 3 * MINUTE, uncertainty: 0 } },
      'fine',
      7 * MINUTE,
      MINUTE + FILING,
    ],
    [
      'a clock that is far behind',
      { clock: { offset: 9 * MINUTE, uncertainty: 0 } },
      'too-late',
      MINUTE,
      MINUTE + FILING,
    ],
    [
      'a clock that is ahead',
      { now: 9 * MINUTE, clock: { offset: -9 * MINUTE, uncertainty: 0 } },
      'fine',
      10 * MINUTE,
      MINUTE + FILING,
    ],
    [
      'a clock not well known',
      { clock: { offset: 0, uncertainty: 9 * MINUTE } },
      'too-late',
      MINUTE,
      MINUTE + FILING,
    ],
    ['nothing moves', { rate: 0 }, 'too-late', 10 * MINUTE, Infinity],
    ['nothing is known yet', { rate: null }, 'fine', 10 * MINUTE, null],
    ['nothing is known yet, and little time', { rate: null, due: MINUTE }, 'tight', MINUTE, null],
    ['all is sent', { left: 0, rate: 0, due: FILING + MINUTE }, 'fine', FILING + MINUTE, FILING],
    ['bids are due', { due: -1 }, 'too-late', -1, MINUTE + FILING],
  ] as const)('%s', (_what, given, verdict, timeLeft, needed) => {
    const outlook = deadlineOutlook(facts(given));
    expect(outlook).toMatchObject({ verdict, timeLeft });
    if (needed === null || needed === Infinity) expect(outlook.needed).toBe(needed);
    else expect(outlook.needed).toBeCloseTo(needed, 3);
  });

  it('says by how much it will be late', () => {
    const { spare } = deadlineOutlook(facts({ rate: (60 * MB) / 840, due: 10 * MINUTE + FILING }));
    expect(spare).toBeCloseTo(-4 * MINUTE, 3);
  });

  it('never becomes better with less time, more bytes, a slower line or a less certain clock', () => {
    const order = ['fine', 'tight', 'too-late'];
    const number = (max: number) => fc.integer({ min: 0, max });
    const some = fc.record({
      rate: number(1e7),
      left: number(5e8),
      due: number(1e7),
      uncertainty: number(1e5),
      worse: number(1e6),
    });
    fc.assert(
      fc.property(some, ({ rate, left, due, uncertainty, worse }) => {
        const judge = (r: number, l: number, d: number, u: number) =>
          order.indexOf(
            deadlineOutlook(facts({ rate: r, left: l, due: d, clock: { offset: 0, uncertainty: u } }))
              .verdict,
          );
        const now = judge(rate, left, due, uncertainty);
        expect(judge(Math.max(0, rate - worse), left, due, uncertainty)).toBeGreaterThanOrEqual(now);
        expect(judge(rate, left + worse, due, uncertainty)).toBeGreaterThanOrEqual(now);
        expect(judge(rate, left, due - worse, uncertainty)).toBeGreaterThanOrEqual(now);
        expect(judge(rate, left, due, uncertainty + worse)).toBeGreaterThanOrEqual(now);
      }),
    );
  });
});

describe('the rate', () => {
  it('is unknown at first, then what the last while gave', () => {
    const meter = rateMeter();
    meter.note(0, 0);
    meter.note(1000, 500);
    expect(meter.rate(1000)).toBeNull();
    meter.note(2000, 1000);
    expect(meter.rate(2000)).toBe(500);
    for (let second = 3; second <= 60; second += 1) meter.note(second * 1000, 1000 + (second - 2) * 2000);
    expect(meter.rate(60_000)).toBe(2000);
  });

  it('falls to nothing while nothing moves', () => {
    const meter = rateMeter();
    for (let second = 0; second <= 10; second += 1) meter.note(second * 1000, second * 1000);
    expect(meter.rate(20_000)).toBe(500);
    for (let second = 11; second <= 40; second += 1) meter.note(second * 1000, 10_000);
    expect(meter.rate(40_000)).toBe(0);
  });

  it('is measured anew when an upload goes on from an earlier place', () => {
    const meter = rateMeter();
    meter.note(0, 0);
    meter.note(5000, 9000);
    meter.note(6000, 4000);
    expect(meter.rate(6000)).toBeNull();
    meter.note(8000, 6000);
    expect(meter.rate(8000)).toBe(1000);
  });
});

describe("the server's clock", () => {
  it('is the median of several round trips', () => {
    const samples: ClockSample[] = [
      { sent: 0, received: 100, server: 5050 },
      { sent: 1000, received: 1100, server: 6051 },
      // Held up on its way back.
      { sent: 2000, received: 9000, server: 7050 },
    ];
    expect(clockFrom(samples)).toEqual({ offset: 5000, uncertainty: 50 });
    expect(clockFrom([])).toBeNull();
  });

  it('is found to half a round trip, wherever the time goes', () => {
    const leg = fc.integer({ min: 0, max: 5000 });
    const trips = fc.array(fc.tuple(leg, leg), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(fc.integer({ min: -1e7, max: 1e7 }), trips, (offset, legs) => {
        const samples = legs.map(([out, back], i) => {
          const sent = i * 20_000;
          return { sent, received: sent + out + back, server: sent + out + offset };
        });
        const reading = clockFrom(samples);
        const longest = Math.max(...legs.map(([out, back]) => out + back));
        expect(Math.abs((reading?.offset ?? Infinity) - offset)).toBeLessThanOrEqual(longest / 2);
      }),
    );
  });

  it('is measured through failures, and unknown when nobody answers', async () => {
    let time = 0;
    let asked = 0;
    const now = () => (time += 10);
    const ask = () => {
      asked += 1;
      return asked % 2 === 0 ? Promise.reject(new Error('away')) : Promise.resolve(time + 5 + 180_000);
    };
    expect(await measureClock(ask, now)).toEqual({ offset: 180_000, uncertainty: 5 });
    expect(asked).toBe(5);
    expect(await measureClock(() => Promise.reject(new Error('away')), now)).toBeNull();
  });
});
