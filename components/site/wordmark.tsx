/** The mark: a tick whose ends are leaves of a tree, on a sheet with a folded corner. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <path d="M3 5a3 3 0 0 1 3-3h15l8 8v17a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3z" className="fill-accent" />
      <path d="M21 2v5a3 3 0 0 0 3 3h5z" className="fill-accent-soft" />
      <path d="m9 17.5 5 5.5 9-9.5" fill="none" strokeWidth="2.4" className="stroke-accent-ink" />
      <circle cx="9" cy="17.5" r="2.6" className="fill-accent-ink" />
      <circle cx="14" cy="23" r="2.6" className="fill-accent-ink" />
      <circle cx="23" cy="13.5" r="2.6" className="fill-accent-ink" />
    </svg>
  );
}

export function Wordmark() {
  return (
    <span className="flex items-center gap-2.5">
      <Mark className="size-8" />
      <span className="text-lg font-bold tracking-tight">Tenderproof</span>
    </span>
  );
}
