import type { ReactNode } from 'react';

/** A part of a long page, with its heading; the address can point at it. */
export function Section({
  id,
  title,
  lead,
  level = 2,
  children,
}: {
  id: string;
  title: ReactNode;
  lead?: ReactNode;
  /** Of the heading: 3 within another section. */
  level?: 2 | 3;
  children: ReactNode;
}) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-6">
      <Heading id={`${id}-title`} className={level === 2 ? 'text-xl' : 'text-lg'}>
        {title}
      </Heading>
      {lead ? <p className="mt-1 max-w-measure text-ink-soft">{lead}</p> : null}
      <div className="mt-4 flex flex-col gap-6">{children}</div>
    </section>
  );
}
