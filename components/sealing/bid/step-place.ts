'use client';

import { createContext, useContext } from 'react';
import type { TaskGroup } from '@/lib/browser/bid/plan';
import type { Step } from '@/lib/browser/bid/steps';
import type { DraftSession, DraftSnapshot } from '@/lib/browser/drafts/draft-session';
import type { BidPlaceProps } from './place';

/** What the steps do with a draft, wherever it is kept. */
export interface StepDraft extends Pick<DraftSnapshot, 'draft' | 'copying'> {
  readonly session: Pick<DraftSession, 'update' | 'addFiles' | 'removeFile' | 'stopCopying'>;
}

/** What the steps of a bid need to know: on the registry's page, and in the offline sealer. */
export interface StepPlace extends Pick<BidPlaceProps, 'tender' | 'tenderer' | 'keySet' | 'limits' | 'own'> {
  readonly bid: StepDraft;
  readonly groups: readonly TaskGroup[];
  readonly go: (step: Step) => void;
  /** The reader came from another step of this page: then the focus goes to where the new one begins. */
  readonly moved: boolean;
}

export const StepPlaceContext = createContext<StepPlace | null>(null);

export function useStepPlace(): StepPlace {
  const place = useContext(StepPlaceContext);
  if (place === null) throw new Error('A step stands outside of its place');
  return place;
}
