import { useLocale, useTranslations } from 'next-intl';
import { StageTimeline, type StageStep } from '@/components/ui/stage-timeline';
import { formatDateTime } from '@/lib/i18n/format';
import type { AppLocale } from '@/lib/i18n/routing';
import { STAGE_OF_PHASE, type Phase } from '@/lib/procedure/phases';
import { closure, type Process } from '@/lib/procedure/state';
import { CATALOGUE } from '@/lib/record/catalogue';
import { STAGES } from '@/lib/record/record';

/** The stage that a phase is in; `tender` and `bids` run and close together (protocol §3). */
function stateOf(process: Process, phase: Phase, stage: number): StageStep['state'] {
  if (closure(process, stage)) return 'done';
  const current = STAGE_OF_PHASE[phase];
  if (phase === 'unsuccessful') return 'skipped';
  if (stage === current || (stage === 1 && current === 2)) return 'current';
  return stage < current ? 'done' : 'todo';
}

function timeOf(process: Process, stage: number, locale: AppLocale, due: (time: string) => string) {
  const closed = closure(process, stage);
  if (closed) return formatDateTime(closed.time, locale);
  const { opening, announcement } = process.chain;
  if (stage === 2 && opening) return due(formatDateTime(opening.bidsDue, locale));
  if (stage === 5 && announcement) return due(formatDateTime(announcement.standstillEnds, locale));
  return undefined;
}

/** The eight stages of a tender, with the time at which each was closed on chain. */
export function TenderStages({ process, phase }: { process: Process; phase: Phase }) {
  const t = useTranslations('tender.stages');
  const locale = useLocale();
  const steps = STAGES.map((stage, index): StageStep => {
    const recorded = process.filed.some((f) => (f.stage ?? CATALOGUE[f.type].stage) === index);
    return {
      stage,
      state: stateOf(process, phase, index),
      time: timeOf(process, index, locale, (time) => t('due', { time })),
      ...(closure(process, index) ? { note: t('closed') } : {}),
      ...(recorded ? { href: `#stage-${stage}` } : {}),
    };
  });
  return <StageTimeline steps={steps} />;
}
