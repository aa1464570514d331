'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { KeyStep } from '@/components/sealing/key-step';
import { NodeField } from '@/components/sealing/node-field';
import {
  ReleaseBatchRows,
  taskId,
  type ReleaseState,
  type ReleaseTask,
} from '@/components/sealing/release-batch-rows';
import { useRefusal } from '@/components/sealing/use-attempt';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Notice } from '@/components/ui/notice';
import type { OpenedKey } from '@/lib/browser/keys/opened-key';
import { bidsClosedOnChain, type ChainToAsk } from '@/lib/browser/sealing/bids-closed';
import { fetchHeader } from '@/lib/browser/sealing/fetch-header';
import { openShares } from '@/lib/browser/sealing/open-shares';
import { formatExactTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import { actOn } from '../../actions';

interface ReleaseBatchProps {
  tasks: readonly ReleaseTask[];
  /** Ed25519 public key that all of them are sealed to. */
  registeredKey: string;
  demonstration: boolean;
  chain: ChainToAsk & { rpcUrl: string | null };
}

/** Releases the shares of one opening, and says how far it is. */
type ReleaseOne = (task: ReleaseTask, tell: (state: ReleaseState) => void) => Promise<void>;

/** What is done for each opening: the same checks as in its own room, and one record. */
function useReleaseOne(key: OpenedKey | null, node: string, chain: ChainToAsk): ReleaseOne {
  const t = useTranslations('office.opening.chain');
  const release = useTranslations('sealing.release');
  const locale = useLocale();
  return async ({ ocid, unit, bids, bidsDue }, tell) => {
    if (key === null) return;
    const failed = (message: string) => tell({ kind: 'failed', message });
    // The member's own clock is one of the witnesses that bids were due: the server could lie about the time.
    if (Date.now() < Date.parse(bidsDue))
      return failed(release('tooEarly', { time: formatExactTime(bidsDue, locale) }));
    tell({ kind: 'checking' });
    const closed = await bidsClosedOnChain(node.trim(), chain, ocid, unit);
    if (closed !== 'closed') return failed(t(closed));
    const envelopes = new Map(bids.map(({ bid, envelope }) => [bid, envelope]));
    const { shares, failures } = await openShares(
      key,
      bids,
      (bid) => fetchHeader(envelopes.get(bid) ?? ''),
      () => tell({ kind: 'opening' }),
    );
    tell({ kind: 'filing' });
    const input = {
      shares: shares.map(({ bid, share }) => ({ bid, share })),
      unopenable: failures.map(({ bid }) => bid),
    };
    const result = await actOn({ ocid, act: 'release-shares', input, unit });
    if (result.ok) tell({ kind: 'done', unopened: failures.length });
    else failed(result.message);
  };
}

/** One after another: each waits for its own lock, and what fails is named by itself and stops no other. */
function useRun(one: ReleaseOne) {
  const refusalOf = useRefusal();
  const [states, setStates] = useState<Readonly<Record<string, ReleaseState>>>({});
  const [busy, setBusy] = useState(false);
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  const run = async (tasks: readonly ReleaseTask[]) => {
    setBusy(true);
    for (const task of tasks) {
      if (!here.current) return;
      const tell = (state: ReleaseState) => setStates((before) => ({ ...before, [taskId(task)]: state }));
      await one(task, tell).catch((error: unknown) =>
        tell({ kind: 'failed', message: refusalOf(error).message }),
      );
    }
    setBusy(false);
  };
  return { states, busy, run };
}

/** Many openings with one opening of the key file. */
export function ReleaseBatch({ tasks: given, registeredKey, demonstration, chain }: ReleaseBatchProps) {
  const t = useTranslations('sealing.releaseBatch');
  // As they were when the page came: what is done stays in sight until the reader has seen it.
  const [tasks] = useState(given);
  const [key, setKey] = useState<OpenedKey | null>(null);
  const [node, setNode] = useState(chain.rpcUrl ?? '');
  const { states, busy, run } = useRun(useReleaseOne(key, node, chain));
  const left = tasks.filter((task) => states[taskId(task)]?.kind !== 'done');
  const over = left.length === 0;
  useEffect(() => {
    if (over) key?.close();
    return () => key?.close();
  }, [key, over]);
  return (
    <div className="flex max-w-4xl flex-col gap-8">
      <ReleaseBatchRows tasks={tasks} states={states} />
      {over ? (
        <Notice tone="ok" live title={t('done', { count: tasks.length })}>
          <Link href="/work" className="link inline-flex min-h-11 items-center">
            {t('back')}
          </Link>
        </Notice>
      ) : key === null ? (
        <KeyStep demonstration={demonstration} registeredKey={registeredKey} onKey={setKey} />
      ) : (
        <div>
          <ConfirmDialog
            trigger={busy ? t('releasing') : t('submit', { count: left.length })}
            title={t('confirmTitle', { count: left.length })}
            confirmLabel={t('submit', { count: left.length })}
            disabled={busy}
            // The dialog closes at once: each row says how far it is.
            onConfirm={() => void run(left)}
          >
            {t('confirmBody')}
          </ConfirmDialog>
        </div>
      )}
      {over ? null : <NodeField node={node} onChange={setNode} />}
    </div>
  );
}
