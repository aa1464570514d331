'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Measured } from '../bid/measured';
import { StepHeading } from '../bid/step-frame';
import type { Work } from '../bid/use-report';

/** Sealing under way: how far, how fast, how long still. */
export function OfflineWork({ work, onStop }: { work: Work; onStop: () => void }) {
  const t = useTranslations('bid.work');
  return (
    <section className="flex max-w-measure flex-col gap-6" aria-busy="true" data-stage={work.stage}>
      <StepHeading title={t('title')} />
      <p>{t('stay')}</p>
      <div role="status">
        <Measured work={work} />
      </div>
      <div>
        <Button variant="secondary" onClick={onStop}>
          {t('stop')}
        </Button>
      </div>
    </section>
  );
}
