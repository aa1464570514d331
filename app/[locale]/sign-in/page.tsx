import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { Messages } from '@/lib/i18n/messages';
import { getPathname } from '@/lib/i18n/navigation';
import { currentViewer } from '@/lib/server/session';
import { nextPath } from './next-path';
import { SignInForm } from './sign-in-form';
import { SignInView } from './sign-in-view';

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('signin');
  return { title: t('title') };
}

export default async function SignInPage({ searchParams }: PageProps) {
  const [query, locale, viewer] = await Promise.all([searchParams, getLocale(), currentViewer()]);
  const next = nextPath(query['next'], getPathname({ href: '/work', locale }));
  if (viewer) redirect(next);
  return (
    <Messages namespaces={['signin']}>
      <SignInView>
        <SignInForm next={next} />
      </SignInView>
    </Messages>
  );
}
