import { getTranslations } from 'next-intl/server';
import { buttonClass } from '@/components/ui/button';
import { Hash } from '@/components/ui/hash';
import { readProgram } from '@/lib/server/queries/program-file';
import { PublishedProgram } from './published-program';

const VERIFIER = 'tenderproof-verifier.html';

/** The verifier as a file to be saved, and how to make sure that it is the one of the source code. */
export async function VerifierOffer() {
  const offer = await readProgram('verifier');
  if (offer === null) return null;
  const { digest, published } = offer;
  const t = await getTranslations('verifier.offer');
  return (
    <div data-print="hide" className="mt-16 border-t border-line pt-8">
      <section aria-labelledby="offline-verifier" className="flex max-w-measure flex-col items-start gap-3">
        <h2 id="offline-verifier" className="text-xl">
          {t('title')}
        </h2>
        <p>{t('about')}</p>
        <a href={`/${VERIFIER}`} download className={buttonClass('secondary')}>
          {t('download')}
        </a>
        <div className="flex flex-col gap-2 text-sm text-ink-soft">
          <p>
            {t('sha256')} <Hash value={digest} full className="text-ink" />
          </p>
          {published === null ? null : <PublishedProgram published={published} />}
          <p>{t.rich('check', { code: (text) => <code className="font-mono break-all">{text}</code> })}</p>
        </div>
      </section>
    </div>
  );
}
