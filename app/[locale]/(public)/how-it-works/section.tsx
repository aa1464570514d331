import type { ReactNode } from 'react';

interface SectionProps {
  id: string;
  title: string;
  /** Beside the text on a wide screen, under it on a phone. */
  picture?: ReactNode;
  /** The text is a table or a list that needs the whole width. */
  wide?: boolean;
  children: ReactNode;
}

/** One idea: its heading, its text, its picture. */
export function Section({ id, title, picture, wide = false, children }: SectionProps) {
  return (
    <section
      aria-labelledby={id}
      className="grid items-start gap-x-16 gap-y-6 border-t border-line pt-10 lg:grid-cols-2"
    >
      <div className={wide ? 'min-w-0 lg:col-span-2' : 'min-w-0'}>
        <h2 id={id} className="scroll-mt-6 text-xl sm:text-2xl">
          {title}
        </h2>
        <div className={wide ? 'mt-4' : 'prose mt-4'}>{children}</div>
      </div>
      {picture}
    </section>
  );
}
