import { useTranslations } from 'next-intl';

interface ProgressBarProps {
  label: string;
  /** 0 to 1. */
  value: number;
  /** Instead of the percentage, e.g. "3.1 MB of 8 MB". */
  detail?: string | undefined;
}

/** How far something has got. */
export function ProgressBar({ label, value, detail }: ProgressBarProps) {
  const t = useTranslations('ui');
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div>
      <div className="mb-1 flex justify-between gap-4 text-sm">
        <span className="min-w-0 truncate">{label}</span>
        <span className="shrink-0 text-ink-soft">{detail ?? t('progress', { percent })}</span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        className="h-2 overflow-hidden rounded-full bg-line"
      >
        <div className="h-full bg-accent transition-[width]" style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}
