'use client';

import { createContext, useContext, type ReactNode } from 'react';
import type { BidLimits } from '@/lib/browser/bid/file-rules';
import type { OwnBid } from '@/lib/browser/bid/own-bids';
import type { Bidding } from '@/lib/browser/bid/plan';
import type { BidRegistry } from '@/lib/browser/bid/registry';
import type { BidTender } from '@/lib/browser/bid/tender';
import type { ActResult } from '@/lib/forms/act-result';
import type { Part, Unit } from '@/lib/procedure/units';
import type { KeySet } from '@/lib/sealing/keyset';
import type { ProgramOffer } from '@/lib/server/queries/program-file';
import type { BidDraftHandle } from '../use-bid-draft';
import type { StepPlace } from './step-place';

/** What goes on record of a submission: nothing of what is in it. */
export interface SubmissionToFile {
  readonly envelopes: readonly {
    readonly lot: string;
    readonly part: Part;
    /** SHA-256 of the envelope, 64 hex digits. */
    readonly envelope: string;
    readonly replaces: { readonly bid: string; readonly signature: string } | null;
  }[];
  readonly bidKey: string;
  readonly keyset: string;
}

/** A file for the tenderer to keep: it holds no secret. */
export interface BidReceipt {
  /** Record id. */
  readonly id: string;
  readonly lot: string;
  readonly part: Part;
  readonly name: string;
  readonly text: string;
}

/** Tenderers are asked for their seeds in this unit. */
export interface SeedRequest {
  /** Null where the process is not divided. */
  readonly unit: Unit | null;
  /** RFC 3339. */
  readonly until: string;
  readonly reason: string;
  /** Own bids that are to be opened here. */
  readonly bids: readonly {
    readonly commitment: string;
    readonly envelope: string;
    readonly bidKey: string;
  }[];
  /** Commitments of those whose seed was given. */
  readonly given: readonly string[];
}

/** What the page gives: the tender as the registry and the chain have it, and the acts. */
export interface BidPlaceProps {
  readonly ocid: string;
  /** Row id of the tender, for uploads. */
  readonly tenderId: string;
  readonly registry: BidRegistry;
  readonly tender: BidTender;
  readonly tenderer: { readonly id: string; readonly name: string };
  readonly keySet: KeySet;
  /** Hash of the key set in force, by the server's word; this browser asks the chain. */
  readonly keyset: string;
  readonly signingKeys: Readonly<Record<string, string>>;
  /** RFC 3339, the server's clock when the page was rendered. */
  readonly serverNow: string;
  readonly limits: BidLimits;
  /** The offline sealer; null where none is offered. */
  readonly sealer: ProgramOffer | null;
  /** Recovery files of a demonstration open fast and protect nothing. */
  readonly demonstration: boolean;
  /** Bids are taken now, and the reader may hand one in. */
  readonly bidding: boolean;
  readonly own: readonly OwnBid[];
  readonly seeds: readonly SeedRequest[];
  /** What is on record, for the reader; null before anything is. */
  readonly ownView: ReactNode;
  /** What to know before one begins. */
  readonly intro: ReactNode;
  readonly readKeySetHash: () => Promise<string>;
  /** Asked again with the same envelopes, after an answer was lost, it must answer the same. */
  readonly onFile: (submission: SubmissionToFile) => Promise<ActResult<{ receipts: BidReceipt[] }>>;
  readonly onWithdraw: (bids: readonly { bid: string; signature: string }[]) => Promise<ActResult>;
  readonly onSeed: (seed: { unit: Unit | null; bid: string; seed: string }) => Promise<ActResult>;
  /** Reads the page anew. */
  readonly refresh: () => void;
}

/** Where everything on the registry's page stands: what the page gives, and what is in this browser. */
export interface BidPlace extends BidPlaceProps, StepPlace {
  readonly bid: BidDraftHandle;
  /** What the tasks depend on. */
  readonly state: Bidding;
}

export const BidPlaceContext = createContext<BidPlace | null>(null);

export function usePlace(): BidPlace {
  const place = useContext(BidPlaceContext);
  if (place === null) throw new Error('A step stands outside of its place');
  return place;
}
