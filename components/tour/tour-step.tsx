import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

interface TourStepProps {
  number: number;
  title: string;
  /** What is said, and below it what is done here. */
  children: ReactNode;
  /** How to do the same elsewhere: beside it on a wide screen. */
  elsewhere?: ReactNode;
}

/** One step of the tour. */
export function TourStep({ number, title, children, elsewhere }: TourStepProps) {
  const t = useTranslations('tour.commands');
  const id = `step-${number}`;
  return (
    <li
      aria-labelledby={id}
      className="grid items-start gap-x-14 gap-y-6 border-t border-line pt-8 print:break-inside-auto! lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]"
    >
      <div className="flex min-w-0 flex-col gap-4">
        <h2 id={id} className="scroll-mt-6 text-xl">
          <span className="text-accent">{number}. </span>
          {title}
        </h2>
        {children}
      </div>
      {elsewhere ? (
        <div className="flex min-w-0 flex-col gap-3">
          <h3 className="text-base font-semibold">{t('title')}</h3>
          {elsewhere}
        </div>
      ) : null}
    </li>
  );
}
