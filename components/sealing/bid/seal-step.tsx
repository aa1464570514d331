'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Notice } from '@/components/ui/notice';
import { replacedBy } from '@/lib/browser/bid/own-bids';
import { chosenLots, openTasks } from '@/lib/browser/bid/plan';
import { emptyPassphrase, NewPassphrase, usePassphraseErrors } from '../new-passphrase';
import { useAttempt } from '../use-attempt';
import { OpenRecovery } from './open-recovery';
import { useStepPlace } from './step-place';
import { StepFrame } from './step-frame';
import { useRecoveries } from './use-recoveries';
import type { Submission } from './use-submission';

/** What it needs of a submission: the offline sealer sends nothing. */
export type Sealing = Pick<Submission, 'state' | 'stopped' | 'seal'> & { readonly work: object | null };

/** The last step before sealing: the keys of what is replaced, and the passphrase of the new recovery file. */
export function SealStep({ submission }: { submission: Sealing }) {
  const t = useTranslations('bid.seal');
  const { tender, bid, own, groups, go } = useStepPlace();
  const { state, refuse, clear } = useAttempt();
  const [passphrase, setPassphrase] = useState(emptyPassphrase);
  const passphraseErrors = usePassphraseErrors();
  const replaced = replacedBy(own, chosenLots(tender, bid.draft, own));
  const { wanted, secrets, onOpen } = useRecoveries(replaced);

  const forward = () => {
    const [open] = openTasks(groups);
    if (open !== undefined) return go({ name: 'review' });
    const fieldErrors = {
      ...(wanted.length > 0 ? { recoveryFile: t('recoveryRequired') } : {}),
      ...passphraseErrors(passphrase),
    };
    if (Object.keys(fieldErrors).length > 0) return refuse({ fieldErrors });
    clear();
    void submission.seal({ passphrase: passphrase.passphrase, bids: secrets });
  };
  const shown = state.attempt > 0 && Object.keys(state.fieldErrors).length > 0 ? state : submission.state;
  return (
    <StepFrame
      title={t('title')}
      lead={<p>{t('lead')}</p>}
      state={shown}
      submit={submission.state.message === null ? t('submit') : t('retry')}
      busy={submission.work !== null}
      onSubmit={forward}
    >
      {submission.stopped ? (
        <Notice live className="max-w-measure">
          {t('stopped')}
        </Notice>
      ) : null}
      {replaced.length > 0 ? (
        <section aria-labelledby="old-recovery" className="flex flex-col gap-4">
          <h3 id="old-recovery" className="text-lg">
            {t('oldTitle')}
          </h3>
          <p className="max-w-measure text-ink-soft">{t('oldBody')}</p>
          {wanted.length > 0 ? (
            <OpenRecovery wanted={wanted} onOpen={onOpen} />
          ) : (
            <Notice tone="ok" live className="max-w-measure">
              {t('oldOpen')}
            </Notice>
          )}
        </section>
      ) : null}
      <section aria-labelledby="new-recovery" className="flex max-w-measure flex-col gap-5">
        <h3 id="new-recovery" className="text-lg">
          {t('newTitle')}
        </h3>
        <p className="text-ink-soft">{t('newBody')}</p>
        <NewPassphrase value={passphrase} onChange={setPassphrase} fieldErrors={shown.fieldErrors} />
      </section>
    </StepFrame>
  );
}
