import { describe, expect, it } from 'vitest';
import { formatBytes, formatDateTime, formatDuration, formatMoney } from '@/lib/i18n/format';

describe('formatMoney', () => {
  it('keeps every digit of a sum that a double cannot hold', () => {
    expect(formatMoney('12345678901234567890.12', 'EUR', 'en')).toBe('€12,345,678,901,234,567,890.12');
  });

  it('shows whole sums without decimals and others as written', () => {
    expect(formatMoney('4250000.00', 'CNY', 'zh')).toBe('¥4,250,000');
    expect(formatMoney('10.5', 'GBP', 'en')).toBe('£10.50');
    expect(formatMoney('0.12345', 'GBP', 'en')).toBe('£0.12345');
    expect(formatMoney('100.00', 'JPY', 'en')).toBe('JP¥100');
  });

  it('does not fail on what is no amount or no currency', () => {
    expect(formatMoney('about 5', 'EUR', 'en')).toBe('EUR about 5');
    expect(formatMoney('1000', 'EURO', 'en')).toBe('EURO 1,000');
  });
});

describe('formatDuration', () => {
  const minute = 60_000;
  it.each([
    [3 * 60 * minute + 12 * minute + 5_000, '3 h 12 min', '3 小时 12 分钟'],
    [2 * 1440 * minute + 4 * 60 * minute, '2 days 4 h', '2 天 4 小时'],
    [1440 * minute, '1 day', '1 天'],
    [1440 * minute + minute, '1 day', '1 天'],
    [45_999, '45 s', '45 秒'],
    [0, '0 s', '0 秒'],
    [-5, '0 s', '0 秒'],
  ])('%d ms', (milliseconds, english, chinese) => {
    expect(formatDuration(milliseconds, 'en')).toBe(english);
    expect(formatDuration(milliseconds, 'zh')).toBe(chinese);
  });
});

describe('formatDateTime', () => {
  it('always names the zone', () => {
    expect(formatDateTime('2026-11-22T14:47:00.000Z', 'en')).toBe('22 Nov 2026, 14:47 UTC');
    expect(formatDateTime('2026-11-22T14:47:00.000Z', 'zh')).toMatch(/2026年11月22日.*14:47/);
    expect(formatDateTime('2026-11-22T14:47:00.000Z', 'zh')).toContain('UTC');
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_200, '1.2 kB'],
    [104_857_600, '105 MB'],
  ])('%d', (bytes, text) => expect(formatBytes(bytes, 'en')).toBe(text));
});
