'use client';

import { useTranslations } from 'next-intl';
import type { Standing } from '@/lib/browser/verify/standing';
import { LocalTime } from '../ui/local-time';
import { useVerdict } from './use-verdict';

/** Whether a genuine record still counts, on whose word, and by which later record. */
export function StandingNote({ standing }: { standing: Standing }) {
  const t = useTranslations('verify.standingNote');
  const { typeName } = useVerdict();
  const { kind, by, since } = standing;
  const record = by?.evidence.entry.record;
  return (
    <div data-standing={kind} className="flex max-w-measure flex-col gap-1">
      <p className={kind === 'in-force' || kind === 'unasked' ? 'text-ink-soft' : 'font-semibold'}>
        {t(kind)}
      </p>
      {since === null ? null : (
        <p>
          {record === undefined
            ? t.rich('since', { time: () => <LocalTime instant={since} /> })
            : t.rich(kind === 'claimed' || kind === 'disputed' ? 'listed' : 'by', {
                time: () => <LocalTime instant={since} />,
                record: typeName(record.type),
              })}
        </p>
      )}
    </div>
  );
}
