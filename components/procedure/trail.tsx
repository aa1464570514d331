import { useTranslations } from 'next-intl';
import { closure, tender, type Erased, type Filed, type Process } from '@/lib/procedure/state';
import { CATALOGUE } from '@/lib/record/catalogue';
import { STAGES, type StageName } from '@/lib/record/record';
import { ErasedCard } from './erased-card';
import { organizationNames } from './organizations';
import { RecordCard } from './record-card';

/** An order of erasure stands with the record that it is about: it has no stage of its own. */
function stageOf(process: Process, record: Filed | Erased): number {
  const about =
    record.type === 'erasure' && 'data' in record ? (record as Filed<'erasure'>).data.recordId : null;
  const shown = [...process.filed, ...process.erased].find((r) => r.id === about) ?? record;
  return CATALOGUE[shown.type].stage ?? 0;
}

/** Disclosed and erased records together, in the order of the log; what is not yet in it comes last. */
const inOrder = (process: Process): (Filed | Erased)[] =>
  [...process.filed, ...process.erased].sort((a, b) => (a.index ?? Infinity) - (b.index ?? Infinity) || 0);

/** Every disclosed record in the order of filing, by stage. */
export function Trail({ process, people }: { process: Process; people: Record<string, string> }) {
  const organizations = organizationNames(process);
  const currency = tender(process)?.currency ?? '';
  const records = inOrder(process);
  const groups = STAGES.map((stage, index) => ({
    stage,
    closed: closure(process, index) !== null,
    records: records.filter((record) => stageOf(process, record) === index),
  })).filter((group) => group.records.length > 0);
  return (
    <div className="flex flex-col gap-8">
      {groups.map(({ stage, closed, records: ofStage }) => (
        <section key={stage} id={`stage-${stage}`} aria-labelledby={`stage-${stage}-title`}>
          <StageTitle stage={stage} closed={closed} />
          <ol className="divide-y divide-line border-y border-line">
            {ofStage.map((record) =>
              'erasedAt' in record ? (
                <ErasedCard key={record.id} erased={record} />
              ) : (
                <RecordCard
                  key={record.id}
                  filed={record}
                  currency={currency}
                  organizations={organizations}
                  people={people}
                />
              ),
            )}
          </ol>
        </section>
      ))}
    </div>
  );
}

function StageTitle({ stage, closed }: { stage: StageName; closed: boolean }) {
  const t = useTranslations();
  return (
    <h3 id={`stage-${stage}-title`} className="flex flex-wrap items-baseline gap-x-3 pb-2 text-lg">
      {t(`common.stage.${stage}`)}
      <span className="text-sm font-normal text-ink-soft">
        {t(closed ? 'tender.trail.stageClosed' : 'tender.trail.stageOpen')}
      </span>
    </h3>
  );
}
