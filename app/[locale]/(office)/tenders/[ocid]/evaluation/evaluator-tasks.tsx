import { getTranslations } from 'next-intl/server';
import { Section } from '@/components/procedure/section';
import { Notice } from '@/components/ui/notice';
import { qualityCriteria } from '@/lib/procedure/acts/evaluation';
import { all, evaluators, last, openedBids } from '@/lib/procedure/state';
import { unitId } from '@/lib/procedure/units';
import type { TenderView } from '@/lib/server/queries/view';
import { DeclareInterests } from './declare-interests';
import { ScoreSheetForm } from './score-sheet-form';

/** What one evaluator does: declare interests first, then one sheet that nobody sees before all are in. */
export async function EvaluatorTasks({ view }: { view: TenderView }) {
  const { process, signedIn, may } = view;
  const me = evaluators(process).find((e) => e.person === signedIn?.person.id);
  if (!me || !signedIn || last(process, 'scores-sealed')) return null;
  const t = await getTranslations('office.evaluation');
  // Sheets of several lots are kept beside each other.
  const unitKey = process.unit ? `:${unitId(process.unit)}` : '';
  const tenderers = openedBids(process).map((b) => b.data.tenderer.name);
  if (!me.interests)
    return may.includes('declare-interests') ? (
      <Section id="interests" title={t('interests.title')} lead={t('interests.lead')}>
        <ul className="max-w-measure list-disc pl-6">
          {tenderers.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
        <DeclareInterests ocid={process.ocid} unit={process.unit} />
      </Section>
    ) : null;
  if (me.interests.data.conflict)
    return (
      <Notice tone="warn" title={t('interests.conflictTitle')} className="max-w-3xl">
        <p>{t('interests.conflictBody')}</p>
      </Notice>
    );
  if (me.sheet)
    return (
      <Notice tone="ok" title={t('sheet.filedTitle')} className="max-w-3xl">
        <p>{t('sheet.filedBody')}</p>
      </Notice>
    );
  if (!may.includes('file-scores')) return null;
  return (
    <Section id="sheet" title={t('sheet.title')} lead={t('sheet.lead')}>
      <ScoreSheetForm
        ocid={process.ocid}
        unit={process.unit}
        storageKey={`tenderproof-scores:${process.ocid}${unitKey}:${signedIn.person.id}`}
        bids={openedBids(process).map((b) => ({ bid: b.data.bid, name: b.data.tenderer.name }))}
        criteria={qualityCriteria(process).map(({ id, title, description, weight }) => ({
          id,
          title,
          description,
          weight,
        }))}
        language={all(process, 'notice').at(-1)?.data.tender.language ?? 'en'}
      />
    </Section>
  );
}
