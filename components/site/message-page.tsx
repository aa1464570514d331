import type { ReactNode } from 'react';

/** A page that says one thing: not found, failed. */
export function MessagePage({
  title,
  children,
  actions,
}: {
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="page py-16 sm:py-24">
      <h1 className="max-w-3xl text-2xl sm:text-3xl">{title}</h1>
      <div className="prose mt-4 text-lg text-ink-soft">{children}</div>
      {actions ? <div className="mt-8 flex flex-wrap gap-3">{actions}</div> : null}
    </div>
  );
}
