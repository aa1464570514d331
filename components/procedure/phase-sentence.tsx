import { useTranslations } from 'next-intl';
import { Countdown } from '@/components/ui/countdown';
import type { Phase } from '@/lib/procedure/phases';

interface PhaseSentenceProps {
  phase: Phase;
  /** RFC 3339; when the time for bids ends. */
  bidsDue: string | null;
  /** RFC 3339; when the standstill ends. */
  standstillEnds?: string | null | undefined;
  /** The winner, where it has been announced. */
  supplier?: string | undefined;
  /** The server's clock, in milliseconds. */
  now: number;
}

/** What the phase means and how long it lasts, in a sentence for people. */
export function PhaseSentence({ phase, bidsDue, standstillEnds, supplier, now }: PhaseSentenceProps) {
  const t = useTranslations('tender.phases');
  const serverNow = new Date(now).toISOString();
  const until = phase === 'open' ? bidsDue : phase === 'standstill' ? standstillEnds : null;
  // `{duration}` stays in the sentence: the countdown fills it in every second.
  const values = { supplier: supplier ?? '', duration: '{duration}' };
  if (!until) return <>{t(`${phase}.sentence`, values)}</>;
  const after = phase === 'open' ? t('closing.sentence') : t('award.sentence', values);
  return (
    <Countdown until={until} serverNow={serverNow} before={t(`${phase}.sentence`, values)} after={after} />
  );
}
