'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { ProgressBar } from '@/components/ui/progress-bar';
import { Tag, type Tone } from '@/components/ui/tag';
import { Link } from '@/lib/i18n/navigation';
import { toHex } from '@/lib/record/hex';
import { fingerprintOf, type FingerprintLanguage } from '@/lib/sealing/fingerprint';
import { keySetDigest } from '@/lib/sealing/keyset';
import { useLocale } from 'next-intl';
import type { MemberWork } from './member-work';

export interface BatchTask {
  /** Unique in the batch. */
  id: string;
  ocid: string;
  title: string;
  /** BCP 47, of the title. */
  language: string;
  work: MemberWork;
}

export type RowState = { kind: 'working' } | { kind: 'done' } | { kind: 'failed'; message: string };

interface KeyBatchGroupProps {
  kind: MemberWork['kind'];
  tasks: readonly BatchTask[];
  states: Readonly<Record<string, RowState>>;
  busy: boolean;
  /** Null until the key file is open. */
  onRun: ((left: readonly BatchTask[]) => void) | null;
}

const TONES: Record<RowState['kind'] | 'waiting', Tone> = {
  waiting: 'neutral',
  working: 'accent',
  done: 'ok',
  failed: 'bad',
};

/** All that waits of one kind, a row each, and one button for the lot. */
export function KeyBatchGroup({ kind, tasks, states, busy, onRun }: KeyBatchGroupProps) {
  const t = useTranslations('draft.batch');
  const left = tasks.filter(({ id }) => states[id]?.kind !== 'done');
  const done = tasks.length - left.length;
  const running = tasks.some(({ id }) => states[id]?.kind === 'working');
  return (
    <section aria-labelledby={`batch-${kind}`} className="flex flex-col gap-4">
      <h3 id={`batch-${kind}`} className="text-lg">
        {t(`${kind}.heading`, { count: tasks.length })}
      </h3>
      <ul className="divide-y divide-line border-y border-line">
        {tasks.map((task) => (
          <Row key={task.id} task={task} state={states[task.id]} />
        ))}
      </ul>
      {running ? (
        <ProgressBar
          label={t(`${kind}.progress`)}
          value={done / tasks.length}
          detail={t('count', { done, total: tasks.length })}
        />
      ) : null}
      {done === tasks.length ? (
        <Notice tone="ok" live>
          {t(`${kind}.done`, { count: done })}
        </Notice>
      ) : null}
      {onRun !== null && left.length > 0 ? (
        <div>
          <Button aria-disabled={busy} onClick={() => (busy ? undefined : onRun(left))}>
            {t(`${kind}.all`, { count: left.length })}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function Row({ task, state }: { task: BatchTask; state: RowState | undefined }) {
  const t = useTranslations('draft.batch');
  const tenders = useTranslations('tenders');
  const shown = state?.kind ?? 'waiting';
  return (
    <li data-ocid={task.ocid} data-state={shown} className="flex flex-col gap-1 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <Link
          href={`/tenders/${encodeURIComponent(task.ocid)}/committee`}
          lang={task.language}
          className="link min-w-0 flex-1 basis-60"
        >
          {task.title || tenders('untitled')}
        </Link>
        <Tag tone={TONES[shown]}>{t(`state.${shown}`)}</Tag>
      </div>
      {task.work.kind === 'sign' ? <Words digest={toHex(keySetDigest(task.work.draft))} /> : null}
      {state?.kind === 'failed' ? (
        <p role="alert" className="text-bad">
          {state.message}
        </p>
      ) : null}
    </li>
  );
}

/** The key set in words, for the telephone: the tender's page shows the picture and the whole digest too. */
function Words({ digest }: { digest: string }) {
  const t = useTranslations('draft.batch');
  const locale: FingerprintLanguage = useLocale();
  return (
    <p className="text-sm text-ink-soft">
      {t('fingerprint')}{' '}
      <span className="font-semibold">{fingerprintOf(digest).words[locale].join(' ')}</span>
    </p>
  );
}
