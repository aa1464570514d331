import { classNames } from './class-names';

/** Holds the place of what is loading. */
export function Skeleton({ lines = 3, className }: { lines?: number; className?: string }) {
  return (
    <div aria-hidden="true" className={classNames('flex animate-pulse flex-col gap-3', className)}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className={classNames('h-4 rounded-sm bg-line', line === lines - 1 && 'w-2/3')} />
      ))}
    </div>
  );
}
