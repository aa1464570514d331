'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { FileDrop } from '@/components/ui/file-drop';
import { Notice } from '@/components/ui/notice';
import { readKit, type ReadKit } from '@/lib/browser/offline/read-kit';
import type { SealingKit } from '@/lib/sealing/sealing-kit';
import { StepHeading } from '../bid/step-frame';
import { useAttempt } from '../use-attempt';
import { KitFacts } from './kit-facts';

interface Opened {
  readonly kit: SealingKit;
  /** By this computer's clock, which nothing checks. */
  readonly late: boolean;
}

/** The first step: the kit of a tender, and whether its keys are the committee's. */
export function KitStage({ onKit }: { onKit: (kit: SealingKit) => void }) {
  const t = useTranslations('sealer.kit');
  const [opened, setOpened] = useState<Opened | null>(null);
  if (opened === null) {
    const open = (kit: SealingKit) => setOpened({ kit, late: Date.parse(kit.bidsDue) <= Date.now() });
    return <ChooseKit onKit={open} />;
  }
  return (
    <section className="flex flex-col gap-6">
      <StepHeading title={t('openedTitle')} about={t('step')} />
      {opened.late ? (
        <Notice tone="warn" title={t('lateTitle')} className="max-w-measure">
          {t('late')}
        </Notice>
      ) : null}
      <KitFacts kit={opened.kit} />
      <div className="flex flex-wrap gap-3">
        <Button onClick={() => onKit(opened.kit)}>{t('continue')}</Button>
        <Button variant="secondary" onClick={() => setOpened(null)}>
          {t('other')}
        </Button>
      </div>
    </section>
  );
}

function ChooseKit({ onKit }: { onKit: (kit: SealingKit) => void }) {
  const lead = useTranslations('sealer');
  const t = useTranslations('sealer.kit');
  const { state, refuse } = useAttempt();
  const sentenceOf = useKitSentence();
  const choose = async ([file]: File[]) => {
    if (file === undefined) return;
    const read = await readKit(file);
    if (read.ok) onKit(read.kit);
    else refuse({ code: read.code, fieldErrors: { kit: sentenceOf(read) } });
  };
  return (
    <section className="flex max-w-measure flex-col gap-6">
      <p className="text-lg text-ink-soft">{lead('lead')}</p>
      <ErrorSummary {...state} />
      <StepHeading title={t('title')} about={t('step')} />
      <Notice>
        <p>{t('memory')}</p>
        <p className="mt-2">{t('disconnect')}</p>
      </Notice>
      <FileDrop
        name="kit"
        label={t('file')}
        hint={t('hint')}
        accept=".json,application/json"
        error={state.fieldErrors.kit}
        onFiles={(files) => void choose(files)}
      />
    </section>
  );
}

/** Says why a kit is refused. What is wrong with its keys is said last, after what to do. */
function useKitSentence(): (refusal: Extract<ReadKit, { ok: false }>) => string {
  const t = useTranslations('sealer.kit.faults');
  const keys = useTranslations('sealing.errors');
  return ({ code }) => {
    if (code === 'not-json' || code === 'not-kit' || code === 'unreadable') return t(code);
    return t('keys', { why: keys(code) });
  };
}
