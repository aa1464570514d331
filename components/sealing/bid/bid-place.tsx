'use client';

import { useState, type ReactNode } from 'react';
import { chosenLots, taskGroups, type Bidding } from '@/lib/browser/bid/plan';
import type { Step } from '@/lib/browser/bid/steps';
import { BidDraftNotice } from '../bid-draft-notice';
import { DraftMenu } from '../draft-menu';
import { ServerClock } from '../server-clock';
import { ServerClockProvider } from '../server-clock-provider';
import { useBidDraft } from '../use-bid-draft';
import { useLeaveGuard } from '../use-leave-guard';
import { BidSteps } from './bid-steps';
import { ChangeBid } from './change-bid';
import { DoneView } from './done-view';
import { GiveSeeds } from './give-seeds';
import { BidPlaceContext, usePlace, type BidPlace as BidPlaceInBrowser, type BidPlaceProps } from './place';
import { Recoveries } from './recoveries';
import { StepPlaceContext } from './step-place';
import { useStep } from './use-step';
import { useSubmission, type Submission } from './use-submission';
import { WaitingView } from './waiting-view';
import { WithdrawStep } from './withdraw-step';
import { WorkView } from './work-view';

/**
 * The bidder's place: what is on record, and the steps of a bid. Everything typed is in the draft, which lives in this
 * browser alone; only what is sealed leaves it.
 */
export function BidPlace(props: BidPlaceProps) {
  return (
    <ServerClockProvider ocid={props.ocid} serverNow={props.serverNow}>
      <Place {...props} />
    </ServerClockProvider>
  );
}

function Place(props: BidPlaceProps) {
  const { ocid, registry, tender, tenderer, own } = props;
  const { origin, contract } = registry;
  const bid = useBidDraft({ origin, contract, ocid, organization: tenderer.id });
  const [step, goTo] = useStep(tender);
  const [moved, setMoved] = useState(false);
  const go = (to: Step) => {
    setMoved(true);
    // What was typed is on the disk before the next step begins.
    void bid.session.flush();
    goTo(to);
  };
  const submission = useSubmission(props, bid);
  const { work, waiting } = submission;
  const state: Bidding = { tender, draft: bid.draft, own, tenderer: tenderer.id };
  // Sealing, and what could not be kept, would be lost; sending goes on another time.
  useLeaveGuard((work !== null && work.stage !== 'sending') || waiting?.kept === false);
  const place = { ...props, bid, state, groups: taskGroups(state), go, moved };
  return (
    <BidPlaceContext value={place}>
      <StepPlaceContext value={place}>
        <div className="flex flex-col gap-8">
          {props.bidding ? <ServerClock due={tender.bidsDue} /> : null}
          <View step={step} submission={submission} />
        </div>
      </StepPlaceContext>
    </BidPlaceContext>
  );
}

interface ViewProps {
  step: Step;
  submission: Submission;
}

/** What is under way goes before everything else, then what has just happened, then where the reader is. */
function View({ step, submission }: ViewProps): ReactNode {
  const place = usePlace();
  const { bidding, bid, demonstration, ownView, intro, go } = place;
  const { work, filed, waiting, close } = submission;
  if (work !== null) return <WorkView submission={submission} />;
  if (filed !== null) {
    const leave = () => {
      close();
      go({ name: 'overview' });
    };
    return <DoneView filed={filed} onClose={leave} />;
  }
  const overview = step.name === 'overview' || !bidding;
  if (overview && ownView !== null) return <Overview submission={submission} />;
  // Withdrawing needs no draft.
  if (step.name === 'withdraw') return <WithdrawStep />;
  if (bid.phase !== 'ready') return <BidDraftNotice bid={bid} />;
  if (waiting !== null) return <WaitingView submission={submission} waiting={waiting} />;
  if (leavesAsItIs(place) && step.name !== 'elsewhere') return <Overview submission={submission} />;
  return (
    <>
      {overview ? intro : null}
      <BidSteps step={step} submission={submission} />
      {/* One passphrase is enough on a page. */}
      {step.name === 'seal' ? null : <DraftMenu bid={bid} demonstration={demonstration} />}
    </>
  );
}

/** A bid is on record and nobody has said that it is to be changed: there is nothing to fill in. */
const leavesAsItIs = ({ tender, bid, own }: BidPlaceInBrowser): boolean =>
  tender.lots.length === 0 && chosenLots(tender, bid.draft, own).length === 0;

function Overview({ submission }: { submission: Submission }) {
  const { bidding, ownView } = usePlace();
  const { waiting } = submission;
  return (
    <>
      {bidding && waiting !== null ? <WaitingView submission={submission} waiting={waiting} /> : null}
      <GiveSeeds />
      {ownView}
      {bidding && waiting === null ? <ChangeBid /> : null}
      <Recoveries />
    </>
  );
}
