'use client';

import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import type { RegistryDescriptor } from '@/lib/evidence/descriptor';
import { CHECK_SUBJECTS, outcomeOfAll } from '@/lib/tender-check/report';
import { Button } from '../../ui/button';
import { Notice, type NoticeTone } from '../../ui/notice';
import { ProgressBar } from '../../ui/progress-bar';
import { NodesField } from '../nodes-field';
import { saveText } from '../save-text';
import { useNodes } from '../use-nodes';
import { useTrust } from '../use-trust';
import { SubjectRows, Tally } from './subject-rows';
import { useTenderCheck } from './use-tender-check';

interface TenderCheckProps {
  ocid: string;
  /** What the server says with the page; the descriptor that this browser keeps goes before it. */
  registry: RegistryDescriptor;
  ownNode: string | null;
}

const TONES = { holds: 'ok', fails: 'bad', pending: 'info', unchecked: 'warn' } as const satisfies Record<
  string,
  NoticeTone
>;

const never = () => () => undefined;

/** One button, one report: everything that is published of a tender, computed again in the reader's browser. */
export function TenderCheck(props: TenderCheckProps) {
  // Which nodes are asked, and what is trusted, is kept in the browser: the server cannot draw it.
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return inBrowser ? <CheckDesk {...props} /> : null;
}

function CheckDesk({ ocid, registry, ownNode }: TenderCheckProps) {
  const t = useTranslations('tenderCheck');
  const { trust } = useTrust(registry);
  const nodes = useNodes(ownNode);
  const { state, start, stop } = useTenderCheck();
  const { urls, unusable } = nodes.named;
  const running = state.phase === 'running';
  const begin = () => start({ ocid, registry: trust.registry, nodes: urls });
  return (
    <div className="flex flex-col gap-8">
      <NodesField nodes={nodes.text} named={nodes.named} ownNode={ownNode} onNodes={nodes.change} />
      <div data-print="hide" className="flex max-w-measure flex-col items-start gap-5">
        <div className="flex flex-wrap gap-3">
          <Button onClick={begin} disabled={running || unusable.length > 0}>
            {t(state.phase === 'idle' ? 'start' : 'again')}
          </Button>
          {running ? (
            <Button variant="secondary" onClick={stop}>
              {t('stop')}
            </Button>
          ) : null}
        </div>
        {trust.differs.length > 0 ? (
          <Notice tone="bad" title={t('otherRegistry')}>
            <p>{t('otherRegistryBody')}</p>
          </Notice>
        ) : null}
      </div>
      {running ? (
        <ProgressBar
          label={t('running')}
          value={state.of === 0 ? 0 : state.done / state.of}
          detail={t('progress', { done: state.done, of: state.of })}
        />
      ) : null}
      <Verdict state={state} />
      {CHECK_SUBJECTS.map((subject) => (
        <SubjectRows
          key={subject}
          subject={subject}
          rows={state.rows.filter((row) => row.subject === subject)}
        />
      ))}
      {state.phase === 'done' ? (
        <div data-print="hide" className="flex flex-wrap gap-3">
          <Button variant="secondary" onClick={() => window.print()}>
            {t('print')}
          </Button>
          <Button
            variant="secondary"
            onClick={() =>
              saveText(JSON.stringify({ ocid, rows: state.rows }, null, 2), `${ocid}.check.json`)
            }
          >
            {t('save')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** The one sentence first: read out when it is there. */
function Verdict({ state }: { state: ReturnType<typeof useTenderCheck>['state'] }) {
  const t = useTranslations('tenderCheck');
  if (state.phase === 'failed')
    return (
      <Notice tone="warn" live title={t('failed')}>
        <p>{state.reason}</p>
      </Notice>
    );
  if (state.phase === 'unknown') return <Notice tone="warn" live title={t('unknown')} />;
  if (state.phase === 'stopped') return <Notice live title={t('stopped')} />;
  if (state.phase !== 'done') return null;
  const outcome = outcomeOfAll(state.rows);
  if (outcome === 'withheld') return null;
  return (
    <div data-verdict={outcome}>
      <Notice tone={TONES[outcome]} live title={t(`verdict.${outcome}`)}>
        <Tally rows={state.rows} />
      </Notice>
    </div>
  );
}
