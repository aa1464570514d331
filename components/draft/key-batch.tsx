'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { KeyStep } from '@/components/sealing/key-step';
import { useRefusal } from '@/components/sealing/use-attempt';
import { Button } from '@/components/ui/button';
import type { OpenedKey } from '@/lib/browser/keys/opened-key';
import type { ActResult } from '@/lib/forms/act-result';
import { useRouter } from '@/lib/i18n/navigation';
import { KeyBatchGroup, type BatchTask, type RowState } from './key-batch-group';
import { acceptWith, signWith, testWith } from './member-acts';
import type { MemberWork } from './member-work';

interface KeyBatchProps {
  tasks: readonly BatchTask[];
  /** Ed25519 public key that all tasks want, where they want one: then only its file will do. */
  registeredKey?: string | undefined;
  demonstration: boolean;
}

const KINDS = ['accept', 'sign', 'test'] as const;

const perform = (key: OpenedKey, work: MemberWork): Promise<ActResult> => {
  if (work.kind === 'accept') return acceptWith(key, work);
  return work.kind === 'sign' ? signWith(key, work) : testWith(key, work);
};

/** Many appointments with one opening of the key file; each is still a record of its own, refused or filed by itself. */
export function KeyBatch({ tasks: given, registeredKey, demonstration }: KeyBatchProps) {
  const t = useTranslations('draft.batch');
  const router = useRouter();
  const refusalOf = useRefusal();
  // As they were when the page came: what is done stays in sight until the reader has seen it.
  const [tasks, setTasks] = useState(given);
  const [key, setKey] = useState<OpenedKey | null>(null);
  const [begun, setBegun] = useState(false);
  const [states, setStates] = useState<Readonly<Record<string, RowState>>>({});
  const [busy, setBusy] = useState(false);
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  useEffect(() => () => key?.close(), [key]);

  const runAll = async (openedKey: OpenedKey, group: readonly BatchTask[]) => {
    if (busy) return;
    setBusy(true);
    const mark = (id: string, state: RowState) => setStates((before) => ({ ...before, [id]: state }));
    // One after another: each waits for its own lock, and what failed is named by itself.
    for (const { id, work } of group) {
      if (!here.current) return;
      mark(id, { kind: 'working' });
      const result = await perform(openedKey, work).catch(refusalOf);
      mark(id, result.ok ? { kind: 'done' } : { kind: 'failed', message: result.message });
    }
    setBusy(false);
  };
  const finish = () => {
    setKey(null);
    setBegun(false);
    setTasks(tasks.filter(({ id }) => states[id]?.kind !== 'done'));
    router.refresh();
  };
  return (
    <section
      aria-labelledby="key-batch"
      className="flex max-w-4xl flex-col gap-6 rounded-lg border-2 border-accent bg-surface p-5 sm:p-6"
    >
      <div className="max-w-measure">
        <h2 id="key-batch" className="text-xl">
          {t('title', { count: tasks.length })}
        </h2>
        <p className="mt-2">{t('lead')}</p>
      </div>
      {KINDS.map((kind) => {
        const group = tasks.filter(({ work }) => work.kind === kind);
        return group.length === 0 ? null : (
          <KeyBatchGroup
            key={kind}
            kind={kind}
            tasks={group}
            states={states}
            busy={busy}
            onRun={key === null ? null : (left) => void runAll(key, left)}
          />
        );
      })}
      {begun || key !== null ? null : (
        <div>
          <Button onClick={() => setBegun(true)}>{t('begin')}</Button>
        </div>
      )}
      {begun && key === null ? (
        <KeyStep demonstration={demonstration} registeredKey={registeredKey} onKey={setKey} />
      ) : null}
      {key === null ? null : (
        <div>
          <Button variant="secondary" aria-disabled={busy} onClick={() => (busy ? undefined : finish())}>
            {t('close')}
          </Button>
        </div>
      )}
    </section>
  );
}
