'use client';

import { useTranslations } from 'next-intl';
import type { CheckOutcome, CheckRow, CheckSubject } from '@/lib/tender-check/report';
import { classNames } from '../../ui/class-names';

const MARKS: Record<CheckOutcome, { path: string; tone: string }> = {
  holds: { path: 'M5.5 10.4 8.7 13.5 14.5 6.8', tone: 'text-ok' },
  fails: { path: 'M6.5 6.5l7 7M13.5 6.5l-7 7', tone: 'text-bad' },
  pending: { path: 'M10 5.5V10l3 2', tone: 'text-accent' },
  unchecked: { path: 'M10 5v6.2M10 13.2v1.6', tone: 'text-warn' },
  withheld: { path: 'M6 10h8', tone: 'text-ink-soft' },
};

/** The findings of one subject: those that fail first, the rest folded away. */
export function SubjectRows({ subject, rows }: { subject: CheckSubject; rows: readonly CheckRow[] }) {
  const t = useTranslations('tenderCheck');
  if (rows.length === 0) return null;
  const wrong = rows.filter((row) => row.outcome === 'fails' || row.outcome === 'unchecked');
  return (
    <section aria-labelledby={`check-${subject}`}>
      <h2 id={`check-${subject}`} className="text-xl">
        {t(`subject.${subject}.title`)}
      </h2>
      <p className="mt-1 max-w-measure text-ink-soft">{t(`subject.${subject}.lead`)}</p>
      <div className="mt-2 font-medium">
        <Tally rows={rows} />
      </div>
      {wrong.length > 0 ? <Rows rows={wrong} /> : null}
      {rows.length > wrong.length ? (
        <details className="mt-2">
          <summary className="link w-fit cursor-pointer py-2">
            {t(wrong.length > 0 ? 'rest' : 'all', { count: rows.length - wrong.length })}
          </summary>
          <Rows rows={rows.filter((row) => !wrong.includes(row))} />
        </details>
      ) : null}
    </section>
  );
}

/** How many end how: only what there is. */
export function Tally({ rows }: { rows: readonly CheckRow[] }) {
  const t = useTranslations('tenderCheck.tally');
  const outcomes = Object.keys(MARKS) as CheckOutcome[];
  const counts = outcomes.map((outcome) => rows.filter((row) => row.outcome === outcome).length);
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1">
      {outcomes.map((outcome, i) => {
        const count = counts[i] ?? 0;
        return count > 0 ? <li key={outcome}>{t(outcome, { count })}</li> : null;
      })}
    </ul>
  );
}

function Rows({ rows }: { rows: readonly CheckRow[] }) {
  return (
    <ul className="mt-2 divide-y divide-line border-y border-line">
      {rows.map((row, i) => (
        <FoundRow key={`${row.id}-${i}`} row={row} />
      ))}
    </ul>
  );
}

function FoundRow({ row }: { row: CheckRow }) {
  const t = useTranslations('tenderCheck');
  const types = useTranslations('records');
  const mark = MARKS[row.outcome];
  const title =
    row.subject === 'records' && types.has(`${row.name}.title` as never)
      ? types(`${row.name}.title` as never)
      : row.name;
  return (
    <li data-code={row.code} className="flex gap-3 py-2.5">
      <svg viewBox="0 0 20 20" aria-hidden="true" className={classNames('mt-0.5 size-5 shrink-0', mark.tone)}>
        <path d={mark.path} fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
      </svg>
      <div className="min-w-0">
        <p>
          {title ? <span className="font-medium">{title}: </span> : null}
          {t(`code.${row.code}`, { stage: row.stage ?? 0 })}
        </p>
        {row.detail ? <p className="text-sm break-all text-ink-soft">{row.detail}</p> : null}
      </div>
    </li>
  );
}
