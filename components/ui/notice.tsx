import type { ReactNode } from 'react';
import { classNames } from './class-names';

export type NoticeTone = 'info' | 'ok' | 'warn' | 'bad';

const tones: Record<NoticeTone, { box: string; icon: string }> = {
  info: { box: 'border-accent bg-accent-soft', icon: 'text-accent' },
  ok: { box: 'border-ok bg-ok-soft', icon: 'text-ok' },
  warn: { box: 'border-warn bg-warn-soft', icon: 'text-warn' },
  bad: { box: 'border-bad bg-bad-soft', icon: 'text-bad' },
};

const icons: Record<NoticeTone, string> = {
  info: 'M10 9v5.5M10 5.5v1.6',
  ok: 'M5.5 10.4 8.7 13.5 14.5 6.8',
  warn: 'M10 5v6.2M10 13.2v1.6',
  bad: 'M6.5 6.5l7 7M13.5 6.5l-7 7',
};

interface NoticeProps {
  tone?: NoticeTone;
  title?: ReactNode;
  /** Read out when it appears; only for what happens after the page has loaded. */
  live?: boolean;
  className?: string;
  children?: ReactNode;
}

/** A banner: what the reader should know before going on. */
export function Notice({ tone = 'info', title, live = false, className, children }: NoticeProps) {
  return (
    <div
      {...(live ? { role: tone === 'bad' ? 'alert' : 'status' } : {})}
      className={classNames('flex gap-3 rounded-md border-l-4 px-4 py-3.5', tones[tone].box, className)}
    >
      <svg
        viewBox="0 0 20 20"
        aria-hidden="true"
        className={classNames('mt-1 size-5 shrink-0', tones[tone].icon)}
      >
        <circle cx="10" cy="10" r="9" fill="none" stroke="currentColor" strokeWidth="1.6" />
        <path d={icons[tone]} fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
      </svg>
      <div className="min-w-0">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children}
      </div>
    </div>
  );
}
