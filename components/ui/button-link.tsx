import type { ComponentProps } from 'react';
import { Link } from '@/lib/i18n/navigation';
import { buttonClass, type ButtonVariant } from './button';

/** A link that looks like a button: for going somewhere, never for doing something. */
export function ButtonLink({
  variant = 'primary',
  className,
  ...rest
}: ComponentProps<typeof Link> & { variant?: ButtonVariant }) {
  return <Link className={buttonClass(variant, className)} {...rest} />;
}
