'use client';

import { createContext, use, useCallback, useState, type ReactNode } from 'react';
import { climb, neighboursOf, type Climb, type LogPlace, type Neighbour } from '@/lib/browser/tour/climb';
import { fingerprint } from '@/lib/browser/tour/fingerprint';

/** What the page hands over: addresses of the files, and what the evidence says. */
export interface TourFacts {
  files: { original: string; twin: string; saltedEntry: string };
  /** SHA-256 of the document, as the record names it. */
  recorded: string;
  log: LogPlace;
  /** The signed note, verbatim, and the verifier key of the log. */
  checkpoint: string;
  logKey: string;
  anchorRoot: string;
}

/** What this browser made of the files. */
export interface Computed {
  original: string;
  twin: string;
  saltedEntry: Uint8Array;
  neighbours: readonly Neighbour[];
  way: Climb;
}

type Work = { state: 'idle' | 'working' | 'failed' } | { state: 'done'; computed: Computed };

interface Tour {
  facts: TourFacts;
  work: Work;
  compute: () => void;
}

const TourContext = createContext<Tour | null>(null);

/** The steps of the tour share what was computed: whoever begins further down need not go back. */
export function TourProvider({ facts, children }: { facts: TourFacts; children: ReactNode }) {
  const [work, setWork] = useState<Work>({ state: 'idle' });
  const compute = useCallback(() => {
    setWork({ state: 'working' });
    computeAll(facts).then(
      (computed) => setWork({ state: 'done', computed }),
      () => setWork({ state: 'failed' }),
    );
  }, [facts]);
  return <TourContext value={{ facts, work, compute }}>{children}</TourContext>;
}

export function useTour(): Tour {
  const tour = use(TourContext);
  if (!tour) throw new Error('Outside of a tour');
  return tour;
}

async function computeAll({ files, log }: TourFacts): Promise<Computed> {
  const [original, twin, saltedEntry] = await Promise.all(
    [files.original, files.twin, files.saltedEntry].map(fetchBytes),
  );
  if (!original || !twin || !saltedEntry) throw new Error('Three files');
  const neighbours = neighboursOf(saltedEntry, log);
  if (neighbours === null) throw new Error('The example leads elsewhere');
  return {
    original: fingerprint(original),
    twin: fingerprint(twin),
    saltedEntry,
    neighbours,
    way: climb(saltedEntry, neighbours),
  };
}

async function fetchBytes(address: string): Promise<Uint8Array> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} for ${address}`);
  return new Uint8Array(await response.arrayBuffer());
}
