import { getLocale, getTranslations } from 'next-intl/server';
import { Section } from '@/components/procedure/section';
import { Notice } from '@/components/ui/notice';
import { all, evaluators, last, packOf, type Process } from '@/lib/procedure/state';
import { listCandidates } from '@/lib/server/queries/lists';
import type { Progress } from '@/lib/server/queries/progress';
import type { TenderView } from '@/lib/server/queries/view';
import { AppointEvaluators } from './appoint-evaluators';

/** Whoever wrote the tender, asked for its publication or approved it may not judge its bids. */
const writers = (process: Process): string[] => [
  process.createdBy,
  ...all(process, 'publication-requested').map((f) => f.actor.person),
  ...all(process, 'publication-approved').map((f) => f.actor.person),
];

/** What the officer does in the evaluation: appoint evaluators, and others in place of those who may not judge. */
export async function OfficerTasks({ view, progress }: { view: TenderView; progress: Progress }) {
  const { process, may, people } = view;
  if (!may.includes('appoint-evaluators') || last(process, 'scores-sealed')) return null;
  const [t, locale, candidates] = await Promise.all([
    getTranslations('office.evaluation.appoint'),
    getLocale(),
    listCandidates(),
  ]);
  const appointed = evaluators(process);
  const conflicted = appointed.filter((e) => e.interests?.data.conflict).map((e) => e.person);
  const excluded = [...writers(process), ...conflicted];
  const form = (
    <AppointEvaluators
      ocid={process.ocid}
      unit={process.unit}
      candidates={candidates.evaluators.map((c) => ({ ...c, excluded: excluded.includes(c.person) }))}
      chosen={appointed.map((e) => e.person).filter((person) => !conflicted.includes(person))}
      rule={packOf(process)?.rules['fewest-evaluators'].sentence[locale] ?? ''}
    />
  );
  if (appointed.length === 0)
    return (
      <Section id="appoint" title={t('title')} lead={t('lead')}>
        {form}
      </Section>
    );
  return (
    <Section id="appoint" title={t('appointed')}>
      <ul className="max-w-3xl divide-y divide-line border-y border-line">
        {appointed.map((e) => (
          <li key={e.person} className="flex flex-wrap justify-between gap-x-6 py-3">
            <span className="font-semibold">{people[e.person] ?? e.person}</span>
            <span className="text-ink-soft">
              {t(
                conflicted.includes(e.person)
                  ? 'states.conflict'
                  : progress.filed.includes(e.person)
                    ? 'states.filed'
                    : progress.declared.includes(e.person)
                      ? 'states.scoring'
                      : 'states.undeclared',
              )}
            </span>
          </li>
        ))}
      </ul>
      {conflicted.length > 0 ? (
        <Notice tone="warn" title={t('conflict')} className="max-w-3xl">
          <p>{t('conflictBody')}</p>
        </Notice>
      ) : null}
      <details open={conflicted.length > 0} className="max-w-3xl">
        <summary className="link w-fit cursor-pointer py-2">{t('others')}</summary>
        <div className="pt-4">{form}</div>
      </details>
    </Section>
  );
}
