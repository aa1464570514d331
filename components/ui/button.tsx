import type { ComponentProps } from 'react';
import { classNames } from './class-names';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

const base =
  'inline-flex min-h-11 items-center justify-center gap-2 rounded-md border px-5 py-2 text-center font-semibold ' +
  'leading-tight no-underline transition-colors disabled:cursor-not-allowed aria-disabled:cursor-not-allowed';

const variants: Record<ButtonVariant, string> = {
  primary:
    'border-accent bg-accent text-accent-ink hover:border-accent-strong hover:bg-accent-strong ' +
    'disabled:border-line disabled:bg-sunken disabled:text-ink-soft aria-disabled:opacity-70',
  secondary:
    'border-line-strong bg-surface text-ink hover:border-accent hover:text-accent disabled:text-ink-soft aria-disabled:opacity-70',
  quiet:
    'border-transparent bg-transparent px-3 text-accent underline decoration-1 underline-offset-4 hover:bg-accent-soft ' +
    'disabled:text-ink-soft aria-disabled:opacity-70',
  danger:
    'border-bad bg-surface text-bad hover:bg-bad-soft disabled:border-line disabled:text-ink-soft aria-disabled:opacity-70',
};

/** The look of a button, for what is one but is not a `<button>`. */
export function buttonClass(variant: ButtonVariant = 'primary', className?: string): string {
  return classNames(base, variants[variant], className);
}

/** A button; `type` is "button" unless said otherwise, so that none submits a form by accident. */
export function Button({
  variant = 'primary',
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & { variant?: ButtonVariant }) {
  return <button type={type} className={buttonClass(variant, className)} {...rest} />;
}
