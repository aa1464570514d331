import type { Metadata, Viewport } from 'next';
import { hasLocale } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { DemoBar } from '@/components/site/demo-bar';
import { SiteFooter } from '@/components/site/site-footer';
import { SiteHeader } from '@/components/site/site-header';
import { SkipLink } from '@/components/site/skip-link';
import { Messages } from '@/lib/i18n/messages';
import { languageTags, routing } from '@/lib/i18n/routing';
import { demoBar } from '@/lib/server/queries/demo';
import { registryDescriptor } from '@/lib/server/registry';
import { currentViewer } from '@/lib/server/session';

interface LayoutProps {
  children: ReactNode;
  params: Promise<{ locale: string }>;
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#162023' },
  ],
};

export async function generateMetadata({ params }: LayoutProps): Promise<Metadata> {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) return {};
  const t = await getTranslations({ locale, namespace: 'common' });
  return {
    title: { default: `${t('name')}: ${t('tagline')}`, template: `%s · ${t('name')}` },
    description: t('tagline'),
    icons: { icon: '/icon.svg' },
  };
}

export default async function LocaleLayout({ children, params }: LayoutProps) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  const [viewer, demo] = await Promise.all([currentViewer(), demoBar()]);
  const { origin, chainId, contract } = registryDescriptor();
  return (
    <html lang={languageTags[locale]}>
      <body className="flex min-h-dvh flex-col">
        <Messages namespaces={[]}>
          <SkipLink />
          <SiteHeader locale={locale} viewer={viewer} persona={demo ? <DemoBar {...demo} /> : null} />
          <main id="content" tabIndex={-1} className="flex-1">
            {children}
          </main>
          <SiteFooter registry={{ origin, chainId, contract }} />
        </Messages>
      </body>
    </html>
  );
}
