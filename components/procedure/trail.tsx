import { useTranslations } from 'next-intl';
import { closure, tender, type Filed, type Process } from '@/lib/procedure/state';
import { CATALOGUE } from '@/lib/record/catalogue';
import { STAGES, type StageName } from '@/lib/record/record';
import { organizationNames } from './organizations';
import { RecordCard } from './record-card';

const stageOf = (filed: Filed): number => CATALOGUE[filed.type].stage ?? 0;

/** Every disclosed record in the order of filing, by stage. */
export function Trail({ process, people }: { process: Process; people: Record<string, string> }) {
  const organizations = organizationNames(process);
  const currency = tender(process)?.currency ?? '';
  const groups = STAGES.map((stage, index) => ({
    stage,
    closed: closure(process, index) !== null,
    filed: process.filed.filter((f) => stageOf(f) === index),
  })).filter((group) => group.filed.length > 0);
  return (
    <div className="flex flex-col gap-8">
      {groups.map(({ stage, closed, filed }) => (
        <section key={stage} id={`stage-${stage}`} aria-labelledby={`stage-${stage}-title`}>
          <StageTitle stage={stage} closed={closed} />
          <ol className="divide-y divide-line border-y border-line">
            {filed.map((record) => (
              <RecordCard
                key={record.id}
                filed={record}
                currency={currency}
                organizations={organizations}
                people={people}
              />
            ))}
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
