import { useTranslations } from 'next-intl';
import { LocalTime } from '@/components/ui/local-time';
import type { RegistryStatus } from '@/lib/server/queries/status';

/** What the operator's own monitor found, as it found it: in the open, without alarm in the tone. */
export function AlarmBox({ alarms: { count, list } }: Pick<RegistryStatus, 'alarms'>) {
  const t = useTranslations('status.alarms');
  if (count === 0) return null;
  return (
    <section className="rounded-lg border-2 border-bad bg-surface p-5 sm:p-6" data-alarms={count}>
      <h2 className="text-xl">{t('title')}</h2>
      <p className="mt-1 max-w-measure text-ink-soft">{t('body')}</p>
      <ul className="mt-4 divide-y divide-line border-y border-line">
        {list.map(({ id, code, subject, raisedAt }) => (
          <li key={id} className="grid gap-x-6 gap-y-0.5 py-3 sm:grid-cols-[minmax(12rem,18rem)_1fr]">
            <code className="break-all font-mono text-sm font-semibold text-bad">{code.slice(0, 100)}</code>
            <span className="min-w-0">
              <span className="block break-words">{subject.slice(0, 300)}</span>
              <span className="block text-sm text-ink-soft">
                {t('raised')} <LocalTime instant={new Date(raisedAt).toISOString()} />
              </span>
            </span>
          </li>
        ))}
      </ul>
      {count > list.length ? <p className="mt-3">{t('more', { count: count - list.length })}</p> : null}
      <p className="mt-4 text-sm text-ink-soft">
        {t.rich('how', { code: (chunks) => <code className="font-mono text-ink">{chunks}</code> })}
      </p>
    </section>
  );
}
