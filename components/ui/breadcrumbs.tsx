import { useTranslations } from 'next-intl';
import { Link } from '@/lib/i18n/navigation';

export interface Crumb {
  label: string;
  href: string;
}

/** The way back up. The page itself is not among the crumbs: its heading follows. */
export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  const t = useTranslations('common');
  return (
    <nav aria-label={t('breadcrumb')} data-print="hide" className="text-sm">
      <ol className="flex flex-wrap gap-x-2">
        {crumbs.map((crumb) => (
          <li
            key={crumb.href}
            className="flex gap-2 after:text-line-strong after:content-['/'] last:after:content-none"
          >
            <Link href={crumb.href} className="link inline-block py-1">
              {crumb.label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
