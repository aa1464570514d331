'use client';

import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { usePathname } from 'next/navigation';

/** In place of an office page for somebody who is not signed in; signing in leads back to it. */
export function SignInFirst() {
  const t = useTranslations('office.signInFirst');
  const pathname = usePathname();
  return (
    <div className="page py-16">
      <EmptyState
        title={t('title')}
        action={
          <ButtonLink href={{ pathname: '/sign-in', query: { next: pathname } }}>{t('action')}</ButtonLink>
        }
      >
        {t('body')}
      </EmptyState>
    </div>
  );
}
