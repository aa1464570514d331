/**
 * Between an instant and what a `datetime-local` field holds ("2026-11-22T14:47"), in a named zone.
 * Browsers only know the reader's own zone in that field; a deadline is set in the zone of the registry.
 */

const fieldFormat = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?$/;

function offsetAt(milliseconds: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(milliseconds);
  const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value ?? 0);
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(milliseconds / 1000) * 1000;
}

/** The field's text for an instant (RFC 3339), to the minute; empty for an instant that is none. */
export function instantToField(instant: string, zone: string): string {
  const milliseconds = Date.parse(instant);
  if (Number.isNaN(milliseconds)) return '';
  return new Date(milliseconds + offsetAt(milliseconds, zone)).toISOString().slice(0, 16);
}

/**
 * The instant (RFC 3339, UTC, milliseconds) that a field's text names in the zone; null when it names none:
 * not a date, or a time that the clocks jumped over. A time that occurs twice is its first occurrence.
 */
export function fieldToInstant(text: string, zone: string): string | null {
  const match = fieldFormat.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map((digits) => Number(digits ?? '0'));
  const wall = Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0);
  const candidates = [offsetAt(wall - 86_400_000, zone), offsetAt(wall + 86_400_000, zone)]
    .map((offset) => wall - offset)
    .sort((a, b) => a - b);
  const wanted = text.slice(0, 16);
  for (const candidate of candidates) {
    const instant = new Date(candidate).toISOString();
    if (instantToField(instant, zone) === wanted) return instant;
  }
  return null;
}
