import { describe, expect, it } from 'vitest';
import { fieldToInstant, instantToField } from '@/lib/i18n/zoned-time';

describe('a datetime-local field in a named zone', () => {
  it.each([
    ['UTC', '2026-11-22T14:47', '2026-11-22T14:47:00.000Z'],
    ['Asia/Shanghai', '2026-11-22T09:30', '2026-11-22T01:30:00.000Z'],
    ['Europe/London', '2026-07-01T12:00', '2026-07-01T11:00:00.000Z'],
    ['America/St_Johns', '2026-01-10T00:00', '2026-01-10T03:30:00.000Z'],
  ])('%s %s', (zone, field, instant) => {
    expect(fieldToInstant(field, zone)).toBe(instant);
    expect(instantToField(instant, zone)).toBe(field);
  });

  it('refuses a time that the clocks jump over', () => {
    expect(fieldToInstant('2026-03-29T01:30', 'Europe/London')).toBeNull();
  });

  it('takes the first of a time that occurs twice', () => {
    expect(fieldToInstant('2026-10-25T01:30', 'Europe/London')).toBe('2026-10-25T00:30:00.000Z');
  });

  it.each(['', 'soon', '2026-02-30T10:00', '2026-11-22'])('refuses %j', (text) => {
    expect(fieldToInstant(text, 'UTC')).toBeNull();
  });
});
