import { useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button';
import { Hash } from '@/components/ui/hash';

/** Where the offline sealer is served, as a file to be saved. */
const SEALER = '/tenderproof-sealer.html';

export function SealerLink({ className }: { className: string }) {
  const t = useTranslations('bid.offline');
  return (
    <a href={SEALER} download className={className}>
      {t('download')}
    </a>
  );
}

interface SealerOfferProps {
  /** SHA-256 of the file, 64 hex digits. */
  digest: string;
  /** The reader's organization, as the sealer asks for it; where nobody is signed in it is not known. */
  identifier?: string;
}

/** The offline sealer, and how to make sure that it is the one of the source code. */
export function SealerOffer({ digest, identifier }: SealerOfferProps) {
  const t = useTranslations('bid.offline');
  return (
    <section aria-labelledby="offline-sealer" className="flex max-w-measure flex-col items-start gap-3">
      <h3 id="offline-sealer" className="text-lg">
        {t('title')}
      </h3>
      <p>{t('about')}</p>
      <SealerLink className={buttonClass('secondary')} />
      <dl className="w-full divide-y divide-line border-y border-line">
        {identifier === undefined ? null : (
          <div className="py-3">
            <dt className="text-ink-soft">{t('identifier')}</dt>
            <dd>
              <code className="font-mono break-all" data-testid="own-identifier">
                {identifier}
              </code>
            </dd>
          </div>
        )}
        <div className="py-3">
          <dt className="text-ink-soft">{t('sha256')}</dt>
          <dd>
            <Hash value={digest} full />
          </dd>
        </div>
      </dl>
      <p className="text-sm text-ink-soft">
        {t.rich('check', { code: (text) => <code className="font-mono">{text}</code> })}
      </p>
    </section>
  );
}
