import { useTranslations } from 'next-intl';
import { tender, type Erased, type Filed, type Process } from '@/lib/procedure/state';
import { sameUnit, unitId } from '@/lib/procedure/units';
import { CATALOGUE } from '@/lib/record/catalogue';
import { STAGES, type StageName } from '@/lib/record/record';
import { ErasedCard } from './erased-card';
import { organizationNames } from './organizations';
import { RecordCard } from './record-card';

/**
 * The stage that a record entered: its type's, or a later one where that had closed. An order of erasure stands with the
 * record that it is about: it has no stage of its own.
 */
function stageOf(process: Process, record: Filed | Erased): number {
  const about =
    record.type === 'erasure' && 'data' in record ? (record as Filed<'erasure'>).data.recordId : null;
  const shown = [...process.filed, ...process.erased].find((r) => r.id === about) ?? record;
  return ('stage' in shown ? shown.stage : null) ?? CATALOGUE[shown.type].stage ?? 0;
}

/** First stage that belongs to a unit, where there are some. */
const FIRST_UNIT_STAGE = 3;

/** Whether the chain has closed the stage for all that is listed under it. */
const isClosed = (process: Process, stage: number, records: readonly (Filed | Erased)[]): boolean =>
  records.every(({ unit }) =>
    process.chain.closures.some(
      (c) => c.stage === stage && sameUnit(c.unit, stage < FIRST_UNIT_STAGE ? null : unit),
    ),
  );

/** Disclosed and erased records together, in the order of the log; what is not yet in it comes last. */
const inOrder = (process: Process): (Filed | Erased)[] =>
  [...process.filed, ...process.erased].sort((a, b) => (a.index ?? Infinity) - (b.index ?? Infinity) || 0);

/** Every disclosed record in the order of filing, by stage. */
export function Trail({ process, people }: { process: Process; people: Record<string, string> }) {
  const organizations = organizationNames(process);
  const currency = tender(process)?.currency ?? '';
  const records = inOrder(process);
  const groups = STAGES.map((stage, index) => {
    const ofStage = records.filter((record) => stageOf(process, record) === index);
    return { stage, closed: isClosed(process, index, ofStage), records: ofStage };
  }).filter((group) => group.records.length > 0);
  // Which unit a record belongs to needs saying only where there are several.
  const several = new Set(records.flatMap(({ unit }) => (unit ? [unitId(unit)] : []))).size > 1;
  const notice = several ? tender(process) : null;
  return (
    <div className="flex flex-col gap-8">
      {groups.map(({ stage, closed, records: ofStage }) => (
        <section key={stage} id={`stage-${stage}`} aria-labelledby={`stage-${stage}-title`}>
          <StageTitle stage={stage} closed={closed} />
          <ol className="divide-y divide-line border-y border-line">
            {ofStage.map((record) =>
              'erasedAt' in record ? (
                <ErasedCard key={record.id} erased={record} notice={notice} />
              ) : (
                <RecordCard
                  key={record.id}
                  filed={record}
                  notice={notice}
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
