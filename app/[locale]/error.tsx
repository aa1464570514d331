'use client';

import { useTranslations } from 'next-intl';
import { MessagePage } from '@/components/site/message-page';
import { Button } from '@/components/ui/button';

/** A page failed. The reader gets the digest under which the server's log has the cause, and nothing else of it. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const t = useTranslations('ui.pageFailed');
  return (
    <MessagePage title={t('title')} actions={<Button onClick={reset}>{t('retry')}</Button>}>
      <p>{t('body')}</p>
      {error.digest ? (
        <p className="text-base">
          {t('reference')} <code>{error.digest}</code>
        </p>
      ) : null}
    </MessagePage>
  );
}
