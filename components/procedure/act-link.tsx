import { useLocale } from 'next-intl';
import type { ReactNode } from 'react';
import { ButtonLink } from '@/components/ui/button-link';
import { buttonClass, type ButtonVariant } from '@/components/ui/button';
import { getPathname, Link } from '@/lib/i18n/navigation';

interface ActLinkProps {
  /** Without the language. */
  href: string;
  variant?: ButtonVariant;
  /** As a link in text instead of a button. */
  plain?: boolean;
  children: ReactNode;
}

/** Pages whose browser asks the chain itself: their security policy allows it, so they must be loaded anew. */
const ASKS_CHAIN = /\/(?:bid|opening)(?:\?|$)/;

/** Leads to a page of one tender on which something is done. */
export function ActLink({ href, variant = 'primary', plain = false, children }: ActLinkProps) {
  const locale = useLocale();
  const className = plain ? 'link inline-flex min-h-11 items-center' : buttonClass(variant);
  if (ASKS_CHAIN.test(href))
    return (
      <a href={getPathname({ href, locale })} className={className}>
        {children}
      </a>
    );
  if (plain)
    return (
      <Link href={href} className={className}>
        {children}
      </Link>
    );
  return (
    <ButtonLink href={href} variant={variant}>
      {children}
    </ButtonLink>
  );
}
