import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { connection } from 'next/server';
import { VerifierOffer } from '@/components/evidence/verifier-offer';
import { VerifyTool } from '@/components/evidence/verify-tool';
import { SealerOffer } from '@/components/sealing/sealer-offer';
import { PageHeader } from '@/components/ui/page-header';
import { Messages } from '@/lib/i18n/messages';
import { getPathname, Link } from '@/lib/i18n/navigation';
import { readProgram } from '@/lib/server/queries/program-file';
import { registryDescriptor } from '@/lib/server/registry';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('verify');
  return { title: t('title'), description: t('lead') };
}

/** The citizen's verifier. The server contributes the program and its descriptor, which the browser pins; the browser checks. */
export default async function VerifyPage() {
  // The descriptor is configuration of the running registry, not of the build.
  await connection();
  const [t, locale] = await Promise.all([getTranslations('verify'), getLocale()]);
  const { rpcUrl, embedded, ...registry } = registryDescriptor();
  const sealer = await readProgram('sealer');
  return (
    <div className="page py-10 sm:py-14">
      <PageHeader title={t('title')} lead={<span data-print="hide">{t('lead')}</span>} />
      <p data-print="hide" className="-mt-4 mb-8 flex flex-wrap gap-x-8 gap-y-2">
        {/* A full load: what lies below /verify has the security policy of /verify. */}
        <a href={getPathname({ href: '/verify/tour', locale })} className="link py-2">
          {t('try')}
        </a>
        <Link href="/how-it-works" className="link py-2">
          {t('how')}
        </Link>
      </p>
      <Messages namespaces={['verify', 'common']}>
        <VerifyTool registry={registry} ownNode={rpcUrl} embedded={embedded} />
      </Messages>
      <VerifierOffer />
      {sealer === null ? null : (
        <div data-print="hide" className="mt-16 border-t border-line pt-8">
          <SealerOffer sealer={sealer} heading="h2" />
        </div>
      )}
    </div>
  );
}
