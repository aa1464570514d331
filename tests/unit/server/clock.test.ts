import { describe, expect, it } from 'vitest';
import { steadyClock } from '@/lib/server/clock';

const HOUR = 3_600_000;

function machine() {
  const at = { wall: 1_000_000_000, monotonic: 5 };
  const pass = (milliseconds: number) => {
    at.wall += milliseconds;
    at.monotonic += milliseconds;
  };
  return {
    at,
    pass,
    clock: steadyClock(
      () => at.wall,
      () => at.monotonic,
    ),
  };
}

describe('a steady clock', () => {
  it('shows the machine’s time while that goes forward, jumps ahead included', () => {
    const { at, pass, clock } = machine();
    pass(1500);
    expect(clock.now()).toBe(at.wall);
    at.wall += HOUR;
    expect(clock.now()).toBe(at.wall);
    expect(clock.behind()).toBe(0);
  });

  it('goes on at its own pace when the machine’s clock is set back', () => {
    const { at, pass, clock } = machine();
    const before = clock.now();
    at.wall -= HOUR;
    expect(clock.now()).toBe(before);
    pass(2000);
    expect(clock.now()).toBe(before + 2000);
    expect(clock.behind()).toBe(HOUR);
  });

  it('follows the machine again once that has caught up', () => {
    const { at, pass, clock } = machine();
    const before = clock.now();
    at.wall -= 10;
    pass(5);
    expect(clock.now()).toBe(before + 5);
    at.wall += 1000;
    expect(clock.now()).toBe(at.wall);
  });

  it('is raised by a time that has been reached, and not lowered', () => {
    const { pass, clock } = machine();
    const before = clock.now();
    clock.raise(before - 1);
    expect(clock.now()).toBe(before);
    clock.raise(before + HOUR);
    pass(10);
    expect(clock.now()).toBe(before + HOUR + 10);
  });
});
