import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link, getPathname } from '@/lib/i18n/navigation';
import { languageNames, type AppLocale } from '@/lib/i18n/routing';
import { LanguageSwitch } from './language-switch';
import { NavLinks, type NavItem } from './nav-links';
import { SignOutButton } from './sign-out-button';
import { Wordmark } from './wordmark';

/** Who is reading; the shape that the session gives. */
export interface SiteViewer {
  person: { id: string; name: string };
  organization: { id: string; name: string };
  roles: readonly string[];
}

interface SiteHeaderProps {
  locale: AppLocale;
  viewer: SiteViewer | null;
  /** Above the header in a demonstration registry: who the visitor is at the moment. */
  persona?: ReactNode;
}

/** Wordmark, main links, language, account. */
export function SiteHeader({ locale, viewer, persona }: SiteHeaderProps) {
  const t = useTranslations('common');
  const items: NavItem[] = [
    { href: '/tenders', label: t('nav.tenders') },
    { href: '/verify', label: t('nav.verify'), reload: getPathname({ href: '/verify', locale }) },
    { href: '/how-it-works', label: t('nav.how') },
    { href: '/status', label: t('nav.status') },
  ];
  // First, so that a narrow screen shows it without scrolling.
  if (viewer) items.unshift({ href: '/work', label: t('nav.office') });
  const other: AppLocale = locale === 'en' ? 'zh' : 'en';
  const labels = { [other]: t('language.switch', { language: languageNames[other] }) };
  return (
    <header data-print="hide" className="border-b border-line bg-surface">
      {persona}
      <div className="page flex flex-wrap items-center gap-x-4 pt-2 md:gap-x-8 md:py-2">
        <Link href="/" className="mr-auto flex min-h-11 items-center no-underline md:mr-0">
          <Wordmark />
        </Link>
        <nav
          aria-label={t('nav.label')}
          className="order-last -mx-1 w-full overflow-x-auto md:order-none md:mr-auto md:w-auto"
        >
          <ul className="flex gap-x-4 text-sm sm:gap-x-5 sm:text-base">
            <NavLinks items={items} />
          </ul>
        </nav>
        <div className="flex items-center gap-3 sm:gap-5">
          <LanguageSwitch labels={labels} />
          <Account viewer={viewer} locale={locale} />
        </div>
      </div>
    </header>
  );
}

function Account({ viewer, locale }: Pick<SiteHeaderProps, 'viewer' | 'locale'>) {
  const t = useTranslations('common.account');
  if (!viewer) {
    return (
      <Link
        href="/sign-in"
        className="flex min-h-11 items-center px-1 text-accent underline-offset-4 hover:underline"
      >
        {t('signIn')}
      </Link>
    );
  }
  const { person, organization } = viewer;
  return (
    <div className="flex items-center gap-3 text-sm">
      <span
        className="hidden max-w-48 flex-col leading-tight lg:flex"
        title={t('signedInAs', { name: person.name, organization: organization.name })}
      >
        <span className="truncate font-semibold">{person.name}</span>
        <span className="truncate text-ink-soft">{organization.name}</span>
      </span>
      <SignOutButton label={t('signOut')} home={getPathname({ href: '/', locale })} />
    </div>
  );
}
