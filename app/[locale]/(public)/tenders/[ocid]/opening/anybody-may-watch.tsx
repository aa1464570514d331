import { useLocale, useTranslations } from 'next-intl';
import { unitHref } from '@/components/procedure/divided';
import { getPathname, Link } from '@/lib/i18n/navigation';
import type { TenderView } from '@/lib/server/queries/view';

/** Who sees this page, and the way in for those who have something to do in it. */
export function AnybodyMayWatch({ view: { process, signedIn } }: { view: TenderView }) {
  const t = useTranslations('opening.watch');
  const locale = useLocale();
  const here = unitHref(`/tenders/${encodeURIComponent(process.ocid)}/opening`, process.unit);
  return (
    <section aria-labelledby="watch" className="max-w-measure border-t border-line pt-6" data-print="hide">
      <h2 id="watch" className="text-lg">
        {t('title')}
      </h2>
      <p className="mt-1 text-ink-soft">{t('body')}</p>
      {signedIn ? null : (
        <Link
          href={{ pathname: '/sign-in', query: { next: getPathname({ href: here, locale }) } }}
          className="link mt-1 inline-flex min-h-11 items-center"
        >
          {t('signIn')}
        </Link>
      )}
    </section>
  );
}
