'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { LocalTime } from '@/components/ui/local-time';
import { Notice } from '@/components/ui/notice';
import { liveOf } from '@/lib/browser/bid/own-bids';
import type { RecoveryContent } from '@/lib/sealing/recovery';
import { useAttempt } from '../use-attempt';
import { OpenRecovery } from './open-recovery';
import { usePlace, type SeedRequest } from './place';
import { UnitLabel } from './unit-label';
import { useRecoveries } from './use-recoveries';

/** Too few members came: the tenderer opens its recovery files and gives the seeds of its bids, or is excluded. */
export function GiveSeeds() {
  const t = useTranslations('bid.seeds');
  const { seeds, own } = usePlace();
  const asked = seeds.filter(({ bids }) => bids.length > 0);
  const open = asked.flatMap(({ bids, given }) =>
    bids.filter(({ commitment }) => !given.includes(commitment)),
  );
  const needed = liveOf(own).filter((bid) => open.some(({ commitment }) => commitment === bid.commitment));
  const { wanted, opened, onOpen } = useRecoveries(needed);
  if (asked.length === 0) return null;
  return (
    <section aria-labelledby="give-seeds" className="flex max-w-measure flex-col gap-6" data-print="hide">
      <h2 id="give-seeds" className="text-xl">
        {t('title')}
      </h2>
      <p>{t('lead')}</p>
      {asked.map((request) => (
        <Request key={`${request.unit?.lot ?? ''}/${request.unit?.part ?? ''}`} request={request} />
      ))}
      {open.length === 0 ? (
        <Notice tone="ok" live>
          {t('allGiven')}
        </Notice>
      ) : (
        <>
          <Notice tone="warn" title={t('refusingTitle')}>
            <p>{t('refusing')}</p>
          </Notice>
          {wanted.length > 0 ? <OpenRecovery wanted={wanted} onOpen={onOpen} /> : <Give opened={opened} />}
        </>
      )}
    </section>
  );
}

function Request({ request: { unit, until, reason, bids, given } }: { request: SeedRequest }) {
  const t = useTranslations('bid.seeds');
  const done = bids.every(({ commitment }) => given.includes(commitment));
  return (
    <div className="border-l-4 border-line-strong pl-4">
      {unit === null ? null : (
        <h3 className="font-semibold">
          <UnitLabel {...unit} />
        </h3>
      )}
      <p>
        {t('until')} <LocalTime instant={until} />{' '}
        {done ? <strong className="text-ok">{t('given')}</strong> : null}
      </p>
      <p className="text-ink-soft">{t('reason', { reason })}</p>
    </div>
  );
}

function Give({ opened }: { opened: ReadonlyMap<string, RecoveryContent> }) {
  const t = useTranslations('bid.seeds');
  const { seeds, onSeed, refresh } = usePlace();
  const { state, run } = useAttempt();
  const give = () =>
    run(async () => {
      for (const { unit, bids, given } of seeds) {
        for (const bid of bids.filter(({ commitment }) => !given.includes(commitment))) {
          const known = opened.get(bid.bidKey)?.envelopes;
          const seed = known?.find(({ envelopeHash }) => envelopeHash === bid.envelope)?.seed;
          if (seed === undefined) return { ok: false, code: 'seed-missing', message: t('missing') };
          const answer = await onSeed({ unit, bid: bid.commitment, seed });
          if (!answer.ok) return answer;
        }
      }
      refresh();
      return undefined;
    });
  return (
    <div className="flex flex-col items-start gap-4">
      <ErrorSummary {...state} />
      <Notice tone="ok" live>
        {t('opened')}
      </Notice>
      <Button aria-disabled={state.pending} onClick={() => void give()}>
        {state.pending ? t('giving') : t('submit')}
      </Button>
    </div>
  );
}
