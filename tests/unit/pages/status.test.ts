import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import { alarmWords, healthWords, witnessWords, type Lookup } from '@/components/status/health-words';
import { FINDINGS } from '@/lib/audit/finding';
import type { AppLocale } from '@/lib/i18n/routing';
import { HEALTH_CODES, PARTS, type Part, type PartHealth, type PartState } from '@/lib/server/health';
import type { PushError } from '@/lib/worker/push-witnesses';
import { overall, standings, type Backlog } from '@/lib/server/queries/standings';

const LOCALES: AppLocale[] = ['en', 'zh'];

function lookup(locale: AppLocale): Lookup {
  const folder = path.join(import.meta.dirname, '../../../lib/i18n/messages');
  const status = JSON.parse(readFileSync(path.join(folder, locale, 'status.json'), 'utf8')) as object;
  const onError = (error: Error) => {
    throw error;
  };
  return createTranslator({
    locale,
    messages: { status },
    namespace: 'status',
    onError,
  }) as unknown as Lookup;
}

/** The facts of every code, as `HEALTH_CODES` documents them. */
const FACTS: Record<string, Record<string, string | number>> = {
  'sequencer.late': { waiting: 3, seconds: 75 },
  'anchorer.late': { waiting: 1, seconds: 200 },
  'anchorer.stuck': { seconds: 130, method: 'extendLog' },
  'anchorer.fees-above-cap': { gwei: 900, cap: 500 },
  'anchorer.refused': { method: 'closeStage' },
  'anchorer.proof-wrong': { method: 'extendLog' },
  'chain.slow': { seconds: 12 },
  'chain.not-mining': { seconds: 300 },
  'chain.wrong-chain': { configured: 100 },
  'chain.wrong-contract': { address: `0x${'ab'.repeat(20)}` },
  'balance.low': { days: 2, address: `0x${'cd'.repeat(20)}` },
  'balance.empty': { address: `0x${'cd'.repeat(20)}` },
  'clock.clock-behind': { seconds: 3700 },
  'clock.clock-ahead': { seconds: 90 },
  'proofs.wrong': { count: 3 },
  'tenders.waiting': { count: 2 },
  'tenders.refused': { count: 1 },
};

const codes = [
  ...PARTS.flatMap((part) => HEALTH_CODES[part].map((code) => [part, code] as const)),
  ...['ok', 'waiting', 'refused'].map((code) => ['tenders', code] as const),
];

describe.each(LOCALES)('the words of the status page in %s', (locale) => {
  const t = lookup(locale);
  const unknown = (code: string) => t('health.general.unknown.what', { code });

  it.each(codes)('%s: %s has a sentence with its facts, and one about what becomes of it', (part, code) => {
    const facts = FACTS[`${part}.${code}`] ?? {};
    const state = code === 'ok' ? 'ok' : 'down';
    const { what, done } = healthWords(t, { part, state, code, facts }, locale);
    expect(what).not.toBe(unknown(code));
    expect(`${what} ${done ?? ''}`).not.toMatch(/[{}<>]|undefined|NaN|status\./);
    expect(done === null).toBe(code === 'ok');
    for (const [name, value] of Object.entries(facts)) {
      if (name === 'seconds' || typeof value === 'number') continue;
      expect(`${what} ${done}`).toContain(value);
    }
  });

  it.each(PARTS)('%s: failing and silence have words for every part', (part) => {
    for (const [state, code] of [
      ['down', 'failing'],
      ['silent', 'silent'],
      ['silent', 'unasked'],
    ] as const) {
      const { what, done } = healthWords(t, { part, state, code, facts: {} }, locale);
      expect(what).toBe(t(`health.general.${code}.what`, {}));
      expect(done).not.toBeNull();
    }
  });

  it('tells spans in words, and numbers as they are', () => {
    const late = { part: 'sequencer', state: 'down', code: 'late', facts: { waiting: 3, seconds: 75 } };
    const { what } = healthWords(t, late, locale);
    expect(what).toContain('3');
    expect(what).toContain(locale === 'en' ? '1 min 15 s' : '1 分钟 15 秒');
  });

  it.each([
    'brand-new',
    'done',
    '__proto__',
    'constructor',
    'late.what',
    'ok.what',
    '<script>alert(1)</script>',
    'x'.repeat(10_000),
    '',
  ])('a code without words is told as it stands: %s', (code) => {
    const { what, done } = healthWords(t, { part: 'chain', state: 'down', code, facts: {} }, locale);
    expect(what).toBe(unknown(code.slice(0, 100)));
    expect(done).not.toBeNull();
  });

  it('a known code whose facts are missing or strange does not break the page', () => {
    const report = { part: 'balance', state: 'warning', code: 'low' };
    expect(healthWords(t, { ...report, facts: {} }, locale).what).toBe(unknown('low'));
    const strange = healthWords(t, { ...report, facts: { days: 'many', address: '{x}' } }, locale);
    expect(strange.what).not.toContain('{days');
    expect(strange.done).toContain('{x}');
    const unheardOf = { part: 'newcomer', state: 'ok', code: 'ok', facts: {} };
    expect(healthWords(t, unheardOf, locale).what).toBe(t('health.general.fine.what', {}));
  });

  it('says in words whatever the audit can find', () => {
    const errors = Object.entries(FINDINGS).filter(([, { severity }]) => severity === 'error');
    const said = errors.map(([code]) => [code, alarmWords(t, code)]);
    const wordless = said.filter(([code, words]) => words === t('alarms.unknown', { code: String(code) }));
    expect(wordless).toEqual([]);
    expect(new Set(said.map(([, words]) => words)).size).toBe(errors.length);
  });

  it.each(['not-yet-known', 'constructor', '__proto__', 'a.b', ''])('an alarm %s is named', (code) => {
    expect(alarmWords(t, code)).toBe(t('alarms.unknown', { code }));
  });

  it('says why a witness does not cosign, and names a reason without words', () => {
    const known = [
      'away',
      'ahead',
      'log-unknown',
      'not-consistent',
      'refused',
      'cosignature-invalid',
    ] as const;
    const said = (known satisfies readonly PushError[]).map((error) => witnessWords(t, error));
    expect(new Set(said).size).toBe(known.length);
    for (const words of said) expect(words).not.toMatch(/[{}“]/);
    expect(witnessWords(t, 'tired')).toBe(t('witnesses.unknown', { code: 'tired' }));
  });

  it('names every part, state and condition', () => {
    for (const part of [...PARTS, 'tenders']) expect(t.has(`parts.names.${part}`)).toBe(true);
    for (const state of ['ok', 'warning', 'down', 'silent'])
      expect(t.has(`parts.states.${state}`)).toBe(true);
  });
});

const NOW = Date.UTC(2026, 10, 25, 14, 2);
const QUIET: Backlog = {
  filings: 0,
  oldestFiling: null,
  unanchored: 0,
  oldestUnanchored: null,
  anchorPromise: 210_000,
  stuckTenders: 0,
  failedCalls: 0,
};

const report = (
  part: Part,
  state: PartState = 'ok',
  code = 'ok',
  age = 5_000,
  facts: PartHealth['facts'] = {},
): PartHealth => ({ part, state, code, facts, since: NOW - 600_000, checkedAt: NOW - age });

const everything = (age = 5_000) => PARTS.map((part) => report(part, 'ok', 'ok', age));

function verdict(reports: PartHealth[], backlog: Partial<Backlog> = {}, alarms = 0, anchored = true) {
  const all = { ...QUIET, ...backlog };
  return overall(standings(reports, all, NOW), all, { alarms, anchored, now: NOW });
}

describe('how the registry stands as a whole', () => {
  it.each([
    ['everything reported well', everything(), {}, 'well', 0],
    ['a warning', [...everything().slice(1), report('balance', 'warning', 'low')], {}, 'warnings', 1],
    [
      'one part silent',
      [...everything().filter((r) => r.part !== 'clock'), report('clock', 'ok', 'ok', 61_000)],
      {},
      'warnings',
      1,
    ],
    ['the chain away', [report('sequencer'), report('chain', 'down', 'away')], {}, 'down', 1],
    ['a tender waiting', everything(), { stuckTenders: 3 }, 'warnings', 1],
    ['a transaction refused', everything(), { failedCalls: 1 }, 'warnings', 1],
    ['filings waiting', everything(), { filings: 4, oldestFiling: NOW - 30_001 }, 'standing', 4],
    ['filings just filed', everything(), { filings: 4, oldestFiling: NOW - 30_000 }, 'well', 0],
    ['an anchor overdue', everything(), { unanchored: 9, oldestUnanchored: NOW - 210_001 }, 'down', 1],
    ['an anchor due soon', everything(), { unanchored: 9, oldestUnanchored: NOW - 210_000 }, 'well', 0],
    ['a worker that stopped', everything(200_000), { filings: 1, oldestFiling: NOW - 99_000 }, 'silent', 0],
    ['no report ever, filings waiting', [], { filings: 1, oldestFiling: NOW - 31_000 }, 'silent', 0],
    ['no report ever, nothing waiting', [], {}, 'well', 0],
  ] as const)('%s', (_name, reports, backlog, condition, count) => {
    expect(verdict([...reports], backlog)).toMatchObject({ condition, count });
  });

  it('an alarm comes before everything', () => {
    expect(verdict(everything(200_000), {}, 2)).toEqual({ condition: 'alarms', count: 2, since: null });
  });

  it('a silent worker was last heard when its last part reported', () => {
    expect(verdict(everything(200_000)).since).toBe(NOW - 200_000);
  });

  it('a registry without an anchor is young only while nothing is wrong', () => {
    expect(verdict(everything(), {}, 0, false).condition).toBe('young');
    expect(verdict([report('chain', 'down', 'away')], {}, 0, false).condition).toBe('down');
  });
});

describe('how one part stands', () => {
  const one = (part: Part, reports: PartHealth[], backlog: Partial<Backlog> = {}) =>
    standings(reports, { ...QUIET, ...backlog }, NOW).find((s) => s.part === part);

  it('is silent after a minute, the monitor after three', () => {
    expect(one('chain', [report('chain', 'ok', 'ok', 60_000)])?.state).toBe('ok');
    expect(one('chain', [report('chain', 'ok', 'ok', 60_001)])).toMatchObject({
      state: 'silent',
      since: NOW - 60_001,
    });
    expect(one('monitor', [report('monitor', 'ok', 'ok', 180_000)])?.state).toBe('ok');
    expect(one('monitor', [report('monitor', 'ok', 'ok', 180_001)])?.state).toBe('silent');
    expect(one('erasures', [report('erasures', 'ok', 'ok', 1e9)])?.state).toBe('ok');
  });

  it('is late by the tables, unless it names a trouble of its own', () => {
    const backlog = { unanchored: 9, oldestUnanchored: NOW - 300_000 };
    const facts = { waiting: 9, seconds: 300 };
    const late = { state: 'down', code: 'late', facts, since: NOW - 300_000, checkedAt: NOW - 5_000 };
    expect(one('anchorer', [report('anchorer')], backlog)).toMatchObject(late);
    expect(one('anchorer', [], backlog)).toMatchObject({ ...late, checkedAt: null });
    const stuck = report('anchorer', 'down', 'stuck', 5_000, { seconds: 90, method: 'extendLog' });
    expect(one('anchorer', [stuck], backlog)?.code).toBe('stuck');
    const dear = report('anchorer', 'warning', 'fees-above-cap', 5_000, { gwei: 900, cap: 500 });
    expect(one('anchorer', [dear], backlog)).toMatchObject({ state: 'down', code: 'fees-above-cap' });
  });

  it('is not blamed for the chain, of which it is asked', () => {
    const away = report('chain', 'down', 'away');
    const old = report('balance', 'ok', 'ok', 90_000);
    expect(one('balance', [away, old])).toMatchObject({ state: 'silent', code: 'unasked' });
    const proofs = report('proofs', 'ok', 'ok', 90_000);
    expect(one('proofs', [away, proofs])).toMatchObject({ state: 'silent', code: 'unasked' });
    expect(one('balance', [report('chain'), old])).toMatchObject({ state: 'silent', code: 'silent' });
    const goneToo = report('chain', 'down', 'away', 90_000);
    expect(one('balance', [goneToo, old])).toMatchObject({ state: 'silent', code: 'silent' });
  });
});
