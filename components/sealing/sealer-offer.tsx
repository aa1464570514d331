import { useTranslations } from 'next-intl';
import { buttonClass } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Hash } from '@/components/ui/hash';
import type { ProgramOffer } from '@/lib/server/queries/program-file';
import { PublishedProgram } from '../evidence/published-program';

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
  sealer: ProgramOffer;
  /** The reader's organization, as the sealer asks for it; where nobody is signed in it is not known. */
  identifier?: string;
  /** As the page around it demands. */
  heading?: 'h2' | 'h3';
}

/** How to make sure that the file is the one of the source code. */
export function SealerCheck({ sealer: { digest, published } }: Pick<SealerOfferProps, 'sealer'>) {
  const t = useTranslations('bid.offline');
  return (
    <div className="flex flex-col gap-2 text-sm text-ink-soft">
      <p>
        {t('sha256')} <Hash value={digest} full className="text-ink" />
      </p>
      {published === null ? null : <PublishedProgram published={published} />}
      <p>{t.rich('check', { code: (text) => <code className="font-mono">{text}</code> })}</p>
    </div>
  );
}

/** The offline sealer, how to make sure of it, and what it asks for. */
export function SealerOffer({ sealer, identifier, heading: Heading = 'h3' }: SealerOfferProps) {
  const t = useTranslations('bid.offline');
  return (
    <section aria-labelledby="offline-sealer" className="flex max-w-measure flex-col items-start gap-3">
      <Heading id="offline-sealer" className={Heading === 'h2' ? 'text-xl' : 'text-lg'}>
        {t('title')}
      </Heading>
      <p>{t('about')}</p>
      <SealerLink className={buttonClass('secondary')} />
      <SealerCheck sealer={sealer} />
      {identifier === undefined ? null : (
        <dl className="w-full border-y border-line py-3">
          <dt className="text-ink-soft">{t('identifier')}</dt>
          <dd className="flex flex-wrap items-center gap-x-2">
            <code className="font-mono break-all" data-testid="own-identifier">
              {identifier}
            </code>
            <CopyButton compact text={identifier} label={t('copyIdentifier')} />
          </dd>
        </dl>
      )}
    </section>
  );
}
