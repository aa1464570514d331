import { useTranslations } from 'next-intl';
import type { Notice } from '@/lib/record/notice';

const KINDS = ['eligibility', 'declaration'] as const;

/** What every tenderer confirms with its bid: that it may take part, and what the bid promises. */
export function StatementList({ notice }: { notice: Pick<Notice, 'statements' | 'language'> }) {
  const t = useTranslations('tender.statements');
  if (notice.statements.length === 0) return null;
  return (
    <div>
      <h3 className="pb-1 text-lg">{t('title')}</h3>
      <p className="max-w-measure pb-3 text-ink-soft">{t('lead')}</p>
      <dl className="divide-y divide-line border-y border-line">
        {KINDS.map((kind) => {
          const own = notice.statements.filter((statement) => statement.kind === kind);
          return own.length === 0 ? null : (
            <div key={kind} className="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-[minmax(9rem,15rem)_1fr]">
              <dt className="text-ink-soft">{t(kind)}</dt>
              <dd>
                <ul lang={notice.language} className="flex max-w-measure list-disc flex-col gap-1 pl-5">
                  {own.map(({ id, text }) => (
                    <li key={id}>{text}</li>
                  ))}
                </ul>
              </dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}
