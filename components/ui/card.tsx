import type { ComponentProps } from 'react';
import { classNames } from './class-names';

/** A sheet of paper on the page; for one thing that stands by itself. */
export function Card({ className, ...rest }: ComponentProps<'div'>) {
  return (
    <div className={classNames('rounded-lg border border-line bg-surface p-5 sm:p-6', className)} {...rest} />
  );
}
