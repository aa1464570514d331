'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { fetchPromised, type PromisedEvidence as Answer } from '@/lib/browser/verify/check-receipt';
import { fetchWithSalt } from '@/lib/browser/verify/lookup';
import type { Receipt } from '@/lib/evidence/receipt';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';

type State = 'idle' | 'asking' | 'ready' | Extract<Answer, { ok: false }>['code'];

interface PromisedEvidenceProps {
  receipt: Receipt;
  due: boolean;
  onEvidence: (file: File) => void;
}

/** Where the evidence of a promised record can be had, and the button that has it fetched and checked. */
export function PromisedEvidence({ receipt, due, onEvidence }: PromisedEvidenceProps) {
  const t = useTranslations('verify.receipt.evidence');
  const [state, setState] = useState<State>('idle');
  const { id } = receipt.entry.record;
  const ask = async (): Promise<void> => {
    if (state === 'asking') return;
    setState('asking');
    const answer = await fetchPromised(receipt, fetchWithSalt);
    setState(answer.ok ? 'ready' : answer.code);
    if (answer.ok) onEvidence(new File([answer.text], `${id}.evidence.json`, { type: 'application/json' }));
  };
  return (
    <section className="flex flex-col items-start gap-3">
      <h3 className="text-lg">{t('title')}</h3>
      <p className="max-w-measure">
        {t.rich('where', {
          path: () => <code className="break-all font-mono text-sm">{`/api/v1/evidence/${id}`}</code>,
        })}
      </p>
      <div data-print="hide" className="flex flex-col items-start gap-2">
        <Button variant="secondary" aria-disabled={state === 'asking'} onClick={() => void ask()}>
          {t(state === 'asking' ? 'asking' : 'fetch')}
        </Button>
        <p className="text-sm text-ink-soft">{t('privacy')}</p>
      </div>
      <div role="status" aria-live="polite">
        {state === 'idle' || state === 'asking' ? null : <Outcome state={state} due={due} />}
      </div>
    </section>
  );
}

function Outcome({ state, due }: { state: Exclude<State, 'idle' | 'asking'>; due: boolean }) {
  const t = useTranslations('verify.receipt.evidence');
  if (state === 'ready') return <Notice tone="ok">{t('ready')}</Notice>;
  if (state === 'another') return <Notice tone="bad">{t('another')}</Notice>;
  if (state === 'missing') {
    return <Notice tone={due ? 'bad' : 'warn'}>{t(due ? 'missingDue' : 'missing')}</Notice>;
  }
  return <Notice tone="warn">{t(state)}</Notice>;
}
