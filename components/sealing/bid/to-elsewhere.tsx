'use client';

import { useTranslations } from 'next-intl';
import { SealerCheck, SealerLink } from '../sealer-offer';
import { usePlace } from './place';
import { StepLink } from './step-link';

/** Two ways to seal a bid outside of this page, and to hand in what was sealed there. */
export function ToElsewhere() {
  const t = useTranslations('bid.elsewhere');
  const { ocid, sealer } = usePlace();
  return (
    <section aria-labelledby="to-elsewhere" className="max-w-measure" data-print="hide">
      <h2 id="to-elsewhere" className="text-lg">
        {t('offer')}
      </h2>
      <p className="mt-1 text-ink-soft">{t('offerBody')}</p>
      <p className="flex flex-wrap gap-x-6">
        {sealer === null ? null : <SealerLink className="link inline-flex min-h-11 items-center" />}
        <a
          href={`/api/v1/tenders/${encodeURIComponent(ocid)}/sealing-kit`}
          download
          className="link inline-flex min-h-11 items-center"
        >
          {t('kit')}
        </a>
        <StepLink to={{ name: 'elsewhere' }} className="link inline-flex min-h-11 items-center">
          {t('toHandIn')}
        </StepLink>
      </p>
      {sealer === null ? null : <SealerCheck sealer={sealer} />}
    </section>
  );
}
