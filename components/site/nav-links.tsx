'use client';

import { classNames } from '@/components/ui/class-names';
import { Link, usePathname } from '@/lib/i18n/navigation';

export interface NavItem {
  href: string;
  label: string;
  /** Loads the page anew: it has a security policy of its own, which a soft navigation would not apply. */
  reload?: string | undefined;
}

/** The main links; the one that the reader is in is marked. */
export function NavLinks({ items }: { items: readonly NavItem[] }) {
  const pathname = usePathname();
  return items.map((item) => {
    const here = pathname === item.href || pathname.startsWith(`${item.href}/`);
    const props = {
      'aria-current': here ? ('page' as const) : undefined,
      className: classNames(
        'flex min-h-11 items-center whitespace-nowrap border-b-[3px] px-1 pt-[3px] no-underline transition-colors',
        here
          ? 'border-accent font-semibold text-ink'
          : 'border-transparent text-ink-soft hover:border-line-strong hover:text-ink',
      ),
    };
    return (
      <li key={item.href}>
        {item.reload ? (
          <a href={item.reload} {...props}>
            {item.label}
          </a>
        ) : (
          <Link href={item.href} {...props}>
            {item.label}
          </Link>
        )}
      </li>
    );
  });
}
