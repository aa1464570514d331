'use client';

import { useTranslations } from 'next-intl';
import { useState, useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button';
import { BID_LIMITS } from '@/lib/browser/bid/file-rules';
import { taskGroups, type Bidding } from '@/lib/browser/bid/plan';
import type { Step } from '@/lib/browser/bid/steps';
import type { MemoryDraft } from '@/lib/browser/offline/memory-draft';
import { targetOf, tenderOf } from '@/lib/browser/offline/read-kit';
import type { SealingKit } from '@/lib/sealing/sealing-kit';
import { StepPlaceContext } from '../bid/step-place';
import { useStep } from '../bid/use-step';
import { useLeaveGuard } from '../use-leave-guard';
import { KitFacts } from './kit-facts';
import { OfflineSteps } from './offline-steps';
import { OfflineWork } from './offline-work';
import { SaveView } from './save-view';
import type { Bidder } from './sealer-stages';
import { useOfflineSealing } from './use-offline-sealing';

interface OfflinePlaceProps {
  kit: SealingKit;
  bidder: Bidder;
  draft: MemoryDraft;
  onChangeBidder: () => void;
}

/** Where the steps of a bid stand in the offline sealer: as on the registry's page, with a draft in memory. */
export function OfflinePlace({ kit, bidder, draft, onChangeBidder }: OfflinePlaceProps) {
  const [tender] = useState(() => tenderOf(kit));
  const { own } = bidder;
  const snapshot = useSyncExternalStore(draft.subscribe, draft.snapshot);
  const bid = { ...snapshot, session: draft };
  const [step, goTo] = useStep(tender);
  const state: Bidding = { tender, draft: bid.draft, own, tenderer: bidder.id };
  const sealing = useOfflineSealing(state, targetOf(kit, bidder.id), (ref) => draft.file(ref));
  const { work, sealed } = sealing;
  useLeaveGuard(!sealing.taken);
  const go = (to: Step) => {
    // Whoever comes back to sealing has changed something.
    sealing.forget();
    goTo(to);
  };
  const change = () => {
    sealing.drop();
    go({ name: 'tasks' });
  };
  const tenderer = { id: bidder.id, name: bidder.id };
  const place = { tender, tenderer, keySet: kit.keyset, limits: BID_LIMITS, own, bid, go };
  // Whoever is here came from a step before: the focus goes to where this one begins.
  const moved = true;
  const isList = work === null && sealed === null && (step.name === 'tasks' || step.name === 'overview');
  return (
    <StepPlaceContext value={{ ...place, moved, groups: taskGroups(state) }}>
      <div className="flex flex-col gap-8">
        {/* On paper nothing else says of which tender this is. */}
        <p className="hidden print:block">{kit.ocid}</p>
        {isList ? <About kit={kit} bidder={bidder} onChangeBidder={onChangeBidder} /> : null}
        {work !== null ? (
          <OfflineWork work={work} onStop={sealing.stop} />
        ) : sealed !== null ? (
          <SaveView sealed={sealed} ocid={kit.ocid} onTaken={sealing.note} onChange={change} />
        ) : (
          <OfflineSteps step={step} sealing={sealing} />
        )}
      </div>
    </StepPlaceContext>
  );
}

/** For which tender, in whose name, to whose keys. */
function About({
  kit,
  bidder,
  onChangeBidder,
}: Pick<OfflinePlaceProps, 'kit' | 'bidder' | 'onChangeBidder'>) {
  const t = useTranslations('sealer.about');
  return (
    <section
      className="max-w-3xl rounded-lg border border-line bg-surface p-4 sm:p-5"
      aria-label={t('label')}
    >
      <p className="text-ink-soft">{t('step')}</p>
      <p className="text-lg font-semibold" lang={kit.language}>
        {kit.title}
      </p>
      <p className="flex flex-wrap items-baseline gap-x-4">
        <span>
          {t('tenderer')} <strong className="break-all">{bidder.id}</strong>
        </span>
        <Button variant="quiet" className="-ml-3" onClick={onChangeBidder}>
          {t('change')}
        </Button>
      </p>
      <p className="text-sm text-ink-soft">{t('public')}</p>
      {bidder.own.length > 0 ? <p className="text-sm text-ink-soft">{t('replaces')}</p> : null}
      <details>
        <summary className="link min-h-11 w-fit cursor-pointer py-2">{t('kit')}</summary>
        <div className="pt-3">
          <KitFacts kit={kit} />
        </div>
      </details>
    </section>
  );
}
