'use client';

import { useTranslations } from 'next-intl';
import { unitHref } from '@/components/procedure/divided';
import { ActLink } from '@/components/procedure/act-link';
import { UnitName } from '@/components/procedure/unit-name';
import { Tag, type Tone } from '@/components/ui/tag';
import { unitId, type Unit } from '@/lib/procedure/units';
import type { Notice } from '@/lib/record/notice';
import type { SealedBid } from '@/lib/server/queries/sealed-bids';

/** One tender, or one unit of it, whose opening waits for the member's shares. */
export interface ReleaseTask {
  ocid: string;
  unit: Unit | null;
  title: string;
  /** What names the unit; the title is in its language. */
  notice: Pick<Notice, 'lots' | 'language'>;
  /** RFC 3339. */
  bidsDue: string;
  bids: readonly SealedBid[];
}

/** Unique among tasks. */
export const taskId = ({ ocid, unit }: ReleaseTask): string => (unit ? `${ocid} ${unitId(unit)}` : ocid);

export type ReleaseState =
  | { kind: 'checking' }
  | { kind: 'opening' }
  | { kind: 'filing' }
  /** Shares that this key does not open; the others were released. */
  | { kind: 'done'; unopened: number }
  | { kind: 'failed'; message: string };

const TONES: Record<ReleaseState['kind'] | 'waiting', Tone> = {
  waiting: 'neutral',
  checking: 'accent',
  opening: 'accent',
  filing: 'accent',
  done: 'ok',
  failed: 'bad',
};

interface ReleaseBatchRowsProps {
  tasks: readonly ReleaseTask[];
  states: Readonly<Record<string, ReleaseState>>;
}

/** A row for each opening, with what became of it. */
export function ReleaseBatchRows({ tasks, states }: ReleaseBatchRowsProps) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {tasks.map((task) => (
        <Row key={taskId(task)} task={task} state={states[taskId(task)]} />
      ))}
    </ul>
  );
}

function Row({ task, state }: { task: ReleaseTask; state: ReleaseState | undefined }) {
  const t = useTranslations('sealing.releaseBatch');
  const shown = state?.kind ?? 'waiting';
  const { ocid, unit, title, notice } = task;
  return (
    <li data-release={taskId(task)} data-state={shown} className="flex flex-col gap-1 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <span className="min-w-0 flex-1 basis-60">
          <ActLink href={unitHref(`/tenders/${encodeURIComponent(ocid)}/opening`, unit)} plain>
            <span lang={notice.language}>{title}</span>
          </ActLink>
          {unit ? (
            <span className="block text-sm text-ink-soft">
              <UnitName notice={notice} unit={unit} />
            </span>
          ) : null}
        </span>
        <Tag tone={TONES[shown]}>{t(`state.${shown}`)}</Tag>
      </div>
      {state?.kind === 'done' && state.unopened > 0 ? (
        <p className="text-warn">{t('unopened', { count: state.unopened })}</p>
      ) : null}
      {state?.kind === 'failed' ? (
        <p role="alert" className="text-bad">
          {state.message}
        </p>
      ) : null}
    </li>
  );
}
