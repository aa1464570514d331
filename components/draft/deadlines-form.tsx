'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState, useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button';
import { DateTimeInput } from '@/components/ui/date-time-input';
import { Field, fieldAria } from '@/components/ui/field';
import { formatDuration, formatExactTime } from '@/lib/i18n/format';
import { rulePack } from '@/lib/procedure/rules/packs';
import type { Rule } from '@/lib/procedure/rules/rule-pack';
import type { SectionFields } from './section-form';

const never = () => () => undefined;
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** The reader's own zone; UTC in the page as the server made it. */
const useBrowserZone = (): string =>
  useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => 'UTC',
  );

/** The first whole minute that is at least so many seconds away, as RFC 3339. */
function minuteAfter(seconds: number): string {
  const due = Math.ceil((Date.now() / 1000 + seconds) / MINUTE) * MINUTE;
  return new Date(due * 1000).toISOString();
}

/** When bids are due, and how long the standstill is; each with the rule that bounds it. */
export function DeadlinesForm({ draft, change, error }: SectionFields) {
  const t = useTranslations('draft.deadlines');
  const locale = useLocale();
  const pack = rulePack(draft.rulePack);
  return (
    <div className="flex max-w-measure flex-col gap-8">
      <div>
        <p className="font-semibold">{t('pack')}</p>
        <p className="text-ink-soft">{pack ? pack.name[locale] : draft.rulePack}</p>
      </div>
      <DueField draft={draft} change={change} error={error} rule={pack?.rules['notice-to-deadline']} />
      <StandstillField draft={draft} change={change} error={error} rule={pack?.rules.standstill} />
    </div>
  );
}

type RuledField = SectionFields & { rule: Rule | undefined };

function RuleHint({ rule }: { rule: Rule | undefined }) {
  const locale = useLocale();
  return rule ? (
    <span>
      {rule.sentence[locale]} <span className="whitespace-nowrap">({rule.article})</span>
    </span>
  ) : null;
}

function DueField({ draft, change, error, rule }: RuledField) {
  const t = useTranslations('draft.deadlines');
  const locale = useLocale();
  const zone = useBrowserZone();
  // The field holds its own text: a new key makes it take a time that was not typed.
  const [version, setVersion] = useState(0);
  // Days where the law counts days, minutes in a demonstration.
  const choices =
    (rule?.value ?? 0) >= DAY ? [21 * DAY, 35 * DAY, 60 * DAY] : [5 * MINUTE, 15 * MINUTE, HOUR, DAY];
  const set = (seconds: number) => {
    change({ bidsDue: minuteAfter(seconds) });
    setVersion(version + 1);
  };
  return (
    <div className="flex flex-col gap-2">
      <DateTimeInput
        key={`${zone}-${version}`}
        name="bidsDue"
        label={t('bidsDue')}
        hint={<RuleHint rule={rule} />}
        zone={zone}
        defaultValue={draft.bidsDue}
        error={error('bidsDue')}
        onChange={(bidsDue) => change({ bidsDue })}
      />
      {draft.bidsDue ? (
        <p className="text-sm text-ink-soft">
          {t('inUtc', { time: formatExactTime(draft.bidsDue, locale) })}
        </p>
      ) : null}
      <div role="group" aria-label={t('quick')} className="flex flex-wrap items-center gap-2">
        <span className="text-sm text-ink-soft">{t('quick')}</span>
        {choices.map((seconds) => (
          <Button key={seconds} variant="secondary" className="px-3 text-sm" onClick={() => set(seconds)}>
            {t('in', { duration: formatDuration(seconds * 1000, locale) })}
          </Button>
        ))}
      </div>
    </div>
  );
}

const UNITS = { minutes: MINUTE, hours: HOUR, days: DAY } as const;
type UnitName = keyof typeof UNITS;

/** The largest unit that divides the span. */
const unitOf = (seconds: number): UnitName =>
  (['days', 'hours', 'minutes'] as const).find((u) => seconds > 0 && seconds % UNITS[u] === 0) ?? 'minutes';

function StandstillField({ draft, change, error, rule }: RuledField) {
  const t = useTranslations('draft.deadlines');
  const [unit, setUnit] = useState<UnitName>(() => unitOf(draft.standstill));
  const [text, setText] = useState(() => String(draft.standstill / UNITS[unitOf(draft.standstill)]));
  const set = (digits: string, chosen: UnitName) => {
    setText(digits);
    setUnit(chosen);
    change({ standstill: Math.min(365 * DAY, Number(digits) * UNITS[chosen]) });
  };
  const field = { name: 'standstill', hint: t('standstillHint'), error: error('standstill') };
  return (
    <Field
      {...field}
      label={t('standstill')}
      hint={
        <>
          {field.hint} <RuleHint rule={rule} />
        </>
      }
    >
      <div className="flex flex-wrap gap-3">
        <input
          {...fieldAria(field)}
          name="standstill"
          inputMode="numeric"
          autoComplete="off"
          value={text}
          className="control w-24 text-right"
          onChange={(e) => set(e.target.value.replace(/\D/g, '').slice(0, 5), unit)}
        />
        <select
          aria-label={t('unit')}
          value={unit}
          className="control w-fit pr-8"
          onChange={(e) => set(text, e.target.value as UnitName)}
        >
          {(Object.keys(UNITS) as UnitName[]).map((name) => (
            <option key={name} value={name}>
              {t(`units.${name}`)}
            </option>
          ))}
        </select>
      </div>
    </Field>
  );
}
