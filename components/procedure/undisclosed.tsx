import { useTranslations } from 'next-intl';
import { LocalTime } from '@/components/ui/local-time';
import type { Phase } from '@/lib/procedure/phases';

const UNTIL_OPENING: readonly Phase[] = ['open', 'closing', 'opening'];
const UNTIL_ANNOUNCEMENT: readonly Phase[] = [
  'opened',
  'assessment',
  'assessed',
  'evaluation',
  'comparison',
  'announcing',
];

/** What is closed at present and until when. It never says how much of it there is: also that would tell. */
export function Undisclosed({
  phase,
  bidsDue,
  disclosed = false,
}: {
  phase: Phase;
  bidsDue: string | null;
  /** The score sheets are public already: those of a technical part, once the award is announced. */
  disclosed?: boolean;
}) {
  const t = useTranslations('tender.undisclosed');
  if (phase === 'waiting') return <Box title={t('waiting.title')}>{t('waiting.body')}</Box>;
  if (UNTIL_OPENING.includes(phase))
    return (
      <Box title={t('bids.title')}>
        {t('bids.body')}
        {bidsDue ? (
          <>
            {' '}
            {t(phase === 'open' ? 'bids.due' : 'bids.wereDue')} <LocalTime instant={bidsDue} />
          </>
        ) : null}
      </Box>
    );
  if (UNTIL_ANNOUNCEMENT.includes(phase) && !disclosed)
    return <Box title={t('evaluation.title')}>{t('evaluation.body')}</Box>;
  return null;
}

function Box({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="flex gap-4 rounded-lg border border-dashed border-line-strong p-5">
      <svg viewBox="0 0 24 24" aria-hidden="true" className="size-6 shrink-0 text-ink-soft">
        <path d="M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3" fill="none" stroke="currentColor" strokeWidth="1.6" />
      </svg>
      <div className="max-w-measure">
        <p className="font-semibold">{title}</p>
        <p className="text-ink-soft">{children}</p>
      </div>
    </div>
  );
}
