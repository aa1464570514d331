import { useTranslations } from 'next-intl';
import { MessagePage } from '@/components/site/message-page';
import { ButtonLink } from '@/components/ui/button-link';

export default function NotFound() {
  const t = useTranslations('common.notFound');
  return (
    <MessagePage
      title={t('title')}
      actions={
        <>
          <ButtonLink href="/tenders">{t('tenders')}</ButtonLink>
          <ButtonLink href="/" variant="secondary">
            {t('home')}
          </ButtonLink>
        </>
      }
    >
      <p>{t('body')}</p>
    </MessagePage>
  );
}
