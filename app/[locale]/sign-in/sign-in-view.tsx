import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';

/** The page around the form. */
export function SignInView({ children }: { children: ReactNode }) {
  const t = useTranslations('signin');
  return (
    <div className="page grid gap-x-20 gap-y-10 pt-10 sm:pt-14 lg:grid-cols-[minmax(0,30rem)_1fr]">
      <div>
        <PageHeader title={t('title')} lead={t('lead')} />
        {children}
      </div>
      <Notice className="self-start lg:mt-24 lg:max-w-md">
        <p>{t('nothingSecret')}</p>
      </Notice>
    </div>
  );
}
