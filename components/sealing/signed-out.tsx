import { useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import { Link } from '@/lib/i18n/navigation';

/** How to go on after the session ended in the middle: in another tab, since this page holds the only copy of the bid. */
export function SignedOut() {
  const t = useTranslations('sealing.upload');
  return (
    <Notice tone="warn" title={t('signedOutTitle')} className="max-w-measure">
      <p>
        {t.rich('signedOut', {
          link: (chunks) => (
            <Link href="/sign-in" target="_blank" rel="noopener" className="link">
              {chunks}
            </Link>
          ),
        })}
      </p>
    </Notice>
  );
}
