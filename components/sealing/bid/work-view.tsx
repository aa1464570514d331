'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import type { SendingAll } from '@/lib/browser/bid/send-all';
import type { Waiting } from '@/lib/browser/bid/waiting';
import { CommitOnChain } from '../commit-on-chain';
import { SendingStatus } from '../sending-status';
import { Measured } from './measured';
import { usePlace } from './place';
import { StepHeading } from './step-frame';
import { useUnitLabel } from './unit-label';
import type { Submission } from './use-submission';

/** Sealing and sending under way: what, how far, how fast, how long still. */
export function WorkView({ submission }: { submission: Submission }) {
  const t = useTranslations('bid.work');
  const { tender } = usePlace();
  const { work, sending, waiting } = submission;
  if (work === null) return null;
  const count = waiting?.envelopes.length ?? 0;
  return (
    <section className="flex max-w-measure flex-col gap-6" aria-busy="true" data-stage={work.stage}>
      <StepHeading title={t('title')} />
      <p>{t(waiting?.kept === true ? 'kept' : 'stay')}</p>
      {work.stage === 'sending' && sending !== null ? (
        <>
          {count > 1 ? <p role="status">{t('envelopeOf', { number: sending.at + 1, count })}</p> : null}
          <SendingStatus
            sending={sending.sending}
            due={tender.bidsDue}
            fallback={waiting === null ? null : <OnChain waiting={waiting} sending={sending} />}
          />
        </>
      ) : (
        <div role="status">
          <Measured work={work} />
        </div>
      )}
      {/* Once the bid is being filed it can no longer be stopped, only withdrawn. */}
      {work.stage === 'filing' ? null : (
        <div>
          <Button variant="secondary" onClick={submission.stop}>
            {t('stop')}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Each envelope is noted on the chain by itself: the one that is on its way, or another that is chosen. */
function OnChain({ waiting, sending }: { waiting: Waiting; sending: SendingAll }) {
  const t = useTranslations('bid.work');
  const labelOf = useUnitLabel();
  const { ocid, registry } = usePlace();
  const [picked, setPicked] = useState<{ at: number; blob: Blob } | null>(null);
  const { at, blob } = picked ?? sending;
  const envelope = waiting.envelopes[at];
  if (envelope === undefined) return null;
  const pick = async (position: number) => {
    const other = waiting.envelopes[position];
    if (other !== undefined) setPicked({ at: position, blob: await other.blob() });
  };
  const { chainId, contract, rpcUrl } = registry;
  return (
    <div className="flex flex-col gap-4">
      {waiting.envelopes.length > 1 ? (
        <Select
          name="commit-envelope"
          label={t('which')}
          hint={t('whichHint')}
          value={String(at)}
          onChange={(event) => void pick(Number(event.target.value))}
          options={waiting.envelopes.map((one, position) => ({
            value: String(position),
            label: labelOf(one),
          }))}
        />
      ) : null}
      <CommitOnChain
        key={envelope.sha256}
        {...{ chainId, contract, ocid, rpcUrl }}
        envelope={envelope.sha256}
        sealed={blob}
      />
    </div>
  );
}
