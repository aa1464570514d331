import { useTranslations } from 'next-intl';
import { Tag, type Tone } from '@/components/ui/tag';
import type { Phase } from '@/lib/procedure/phases';

const TONES: Record<Phase, Tone> = {
  draft: 'neutral',
  approval: 'warn',
  publishing: 'accent',
  open: 'accent',
  closing: 'warn',
  waiting: 'neutral',
  opening: 'warn',
  opened: 'neutral',
  assessment: 'neutral',
  evaluation: 'neutral',
  comparison: 'neutral',
  announcing: 'neutral',
  standstill: 'warn',
  award: 'warn',
  contract: 'ok',
  implementation: 'ok',
  assessed: 'ok',
  unsuccessful: 'bad',
};

/** Where a tender stands, in two or three words. */
export function PhaseTag({ phase }: { phase: Phase }) {
  const t = useTranslations('tender.phases');
  return <Tag tone={TONES[phase]}>{t(`${phase}.name`)}</Tag>;
}
