import { languageTags, type AppLocale } from './routing';

/** The zone of every server-rendered time. Shown beside the time, never silent. */
export const registryZone = 'UTC';

const dateTime: Intl.DateTimeFormatOptions = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'short',
};

type Instant = string | number | Date;

/**
 * An instant with its zone, e.g. "22 Nov 2026, 14:47 UTC".
 * @param instant RFC 3339 text, milliseconds since 1970, or a Date
 * @param zone IANA zone; `null` is the reader's own (in a browser only)
 */
export function formatDateTime(
  instant: Instant,
  locale: AppLocale,
  zone: string | null = registryZone,
): string {
  return withZoneLast(instant, locale, zone === null ? dateTime : { ...dateTime, timeZone: zone });
}

/** The zone stands after the time in every language: Chinese would put it between the day and the hour. */
function withZoneLast(instant: Instant, locale: AppLocale, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(instant);
  const named = new Intl.DateTimeFormat(languageTags[locale], options).formatToParts(date);
  const zone = named.find((part) => part.type === 'timeZoneName')?.value ?? '';
  const { timeZoneName: _zone, ...rest } = options;
  return `${new Intl.DateTimeFormat(languageTags[locale], rest).format(date)} ${zone}`.trim();
}

/** The same with seconds: for closing times, where a second decides. */
export function formatExactTime(instant: Instant, locale: AppLocale, zone: string = registryZone): string {
  return withZoneLast(instant, locale, { ...dateTime, second: '2-digit', timeZone: zone });
}

/** The day alone, e.g. "22 Nov 2026". */
export function formatDate(instant: Instant, locale: AppLocale, zone: string = registryZone): string {
  const { day, month, year } = dateTime;
  return new Intl.DateTimeFormat(languageTags[locale], {
    day,
    month,
    year,
    timeZone: zone,
  } as Intl.DateTimeFormatOptions).format(new Date(instant));
}

const decimal = /^-?\d+(?:\.(\d+))?$/;

/**
 * Money, exactly as recorded: the decimal text goes to Intl unchanged, a double would alter large sums.
 * @param amount decimal text, e.g. "12500000.00"; anything else is shown as it stands
 * @param currency ISO 4217 code; one that Intl does not accept is written before the amount
 */
export function formatMoney(amount: string, currency: string, locale: AppLocale): string {
  const match = decimal.exec(amount);
  if (!match) return `${currency} ${amount}`.trim();
  const written = match[1]?.length ?? 0;
  const text = amount as Intl.StringNumericLiteral;
  try {
    const style = { style: 'currency', currency } as const;
    const usual =
      new Intl.NumberFormat(languageTags[locale], style).resolvedOptions().minimumFractionDigits ?? 2;
    const whole = written === 0 || /^0+$/.test(match[1] ?? '');
    const digits = whole
      ? { minimumFractionDigits: 0, maximumFractionDigits: 0 }
      : range(Math.max(usual, written));
    return new Intl.NumberFormat(languageTags[locale], { ...style, ...digits }).format(text);
  } catch {
    const plain = new Intl.NumberFormat(languageTags[locale], range(written)).format(text);
    return `${currency} ${plain}`.trim();
  }
}

function range(digits: number): Intl.NumberFormatOptions {
  // 100 is the most that ECMA-402 accepts.
  const most = Math.min(digits, 100);
  return { minimumFractionDigits: most, maximumFractionDigits: most };
}

/** A count or a decimal text with separators of the language; exact for decimal text. */
export function formatNumber(value: number | bigint | string, locale: AppLocale): string {
  return new Intl.NumberFormat(languageTags[locale], { maximumFractionDigits: 20 }).format(
    value as number | bigint | Intl.StringNumericLiteral,
  );
}

/** A size in bytes, e.g. "1.2 MB" (powers of ten, as file managers write it). */
export function formatBytes(bytes: number, locale: AppLocale): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
  const step = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const value = bytes / 1000 ** step;
  const number = new Intl.NumberFormat(languageTags[locale], {
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  });
  return `${number.format(value)} ${units[step]}`;
}

const words: Record<AppLocale, { units: readonly [string, string][]; join: string }> = {
  en: {
    units: [
      ['day', 'days'],
      ['h', 'h'],
      ['min', 'min'],
      ['s', 's'],
    ],
    join: ' ',
  },
  zh: {
    units: [
      ['天', '天'],
      ['小时', '小时'],
      ['分钟', '分钟'],
      ['秒', '秒'],
    ],
    join: ' ',
  },
};
const lengths = [86_400, 3_600, 60, 1] as const;

/**
 * A span in plain words, its two greatest units: "2 days 4 h", "3 h 12 min", "45 s"; "3 小时 12 分钟".
 * @param milliseconds less than a second, or negative, is "0 s"
 */
export function formatDuration(milliseconds: number, locale: AppLocale): string {
  let rest = Math.max(0, Math.floor(milliseconds / 1000));
  const parts: { unit: number; count: number }[] = [];
  lengths.forEach((length, unit) => {
    parts.push({ unit, count: Math.floor(rest / length) });
    rest %= length;
  });
  const first = parts.findIndex((part) => part.count > 0);
  const shown =
    first === -1 ? parts.slice(-1) : parts.slice(first, first + 2).filter((part) => part.count > 0);
  const { units, join } = words[locale];
  return shown.map(({ unit, count }) => `${count} ${units[unit]?.[count === 1 ? 0 : 1] ?? ''}`).join(join);
}
