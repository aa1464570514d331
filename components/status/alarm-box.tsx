import { useTranslations } from 'next-intl';
import { LocalTime } from '@/components/ui/local-time';
import type { RegistryStatus } from '@/lib/server/queries/status';
import { alarmWords, type Lookup } from './health-words';

/** Where the finding points; the monitor keys its alarms by code and place. */
const placeOf = (code: string, subject: string) =>
  (subject.startsWith(`${code}: `) ? subject.slice(code.length + 2) : subject).slice(0, 300);

/** What the operator's own monitor found, as it found it: in the open, without alarm in the tone. */
export function AlarmBox({ alarms: { count, list } }: Pick<RegistryStatus, 'alarms'>) {
  const t = useTranslations('status');
  if (count === 0) return null;
  return (
    <section className="rounded-lg border-2 border-bad bg-surface p-5 sm:p-6" data-alarms={count}>
      <h2 className="text-xl">{t('alarms.title')}</h2>
      <p className="mt-1 max-w-measure text-ink-soft">{t('alarms.body')}</p>
      <ul className="mt-4 divide-y divide-line border-y border-line">
        {list.map(({ id, code, subject, raisedAt }) => (
          <li key={id} className="py-3">
            <p className="font-semibold text-bad">{alarmWords(t as unknown as Lookup, code)}</p>
            <p className="[overflow-wrap:anywhere]">{placeOf(code, subject)}</p>
            <p className="text-sm text-ink-soft">
              <code className="font-mono">{code.slice(0, 100)}</code> · {t('alarms.raised')}{' '}
              <LocalTime instant={new Date(raisedAt).toISOString()} />
            </p>
          </li>
        ))}
      </ul>
      {count > list.length ? (
        <p className="mt-3">{t('alarms.more', { count: count - list.length })}</p>
      ) : null}
      <p className="mt-4 text-sm text-ink-soft">
        {t.rich('alarms.how', { code: (chunks) => <code className="font-mono text-ink">{chunks}</code> })}
      </p>
    </section>
  );
}
