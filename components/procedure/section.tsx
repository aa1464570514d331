import type { ReactNode } from 'react';

/** A part of a long page, with its heading; the address can point at it. */
export function Section({
  id,
  title,
  lead,
  children,
}: {
  id: string;
  title: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-6">
      <h2 id={`${id}-title`} className="text-xl">
        {title}
      </h2>
      {lead ? <p className="mt-1 max-w-measure text-ink-soft">{lead}</p> : null}
      <div className="mt-4 flex flex-col gap-6">{children}</div>
    </section>
  );
}
