import { cache } from 'react';
import { evaluators, shares } from '@/lib/procedure/state';
import { loadProcess } from '../load-process';
import { currentViewer } from '../session';
import { world } from '../world';
import { viewerFor } from './tender';

/** How far a sealed step has come, without a word of what was filed: whom the others wait for, not what they wrote. */
export interface Progress {
  /** Seats of the committee whose shares are in. */
  released: number[];
  /** Pseudonyms of the evaluators who declared their interests, and of those whose sheet is in. */
  declared: string[];
  filed: string[];
}

/** For those who have a part in the opening or the evaluation; null for everybody else. */
export const readProgress = cache(async (ocid: string): Promise<Progress | null> => {
  const w = world();
  const [row, signedIn] = await Promise.all([w.db.tender.findUnique({ where: { ocid } }), currentViewer()]);
  const process = row && (await loadProcess(w.db, w, row.id));
  if (!process) return null;
  const { roles } = viewerFor(process, signedIn);
  const office = roles.includes('officer') || roles.includes('approver');
  if (!office && !roles.includes('committee') && !roles.includes('evaluator')) return null;
  // Who evaluates is known to the office and to the evaluators, not to the opening committee.
  const judges = office || roles.includes('evaluator') ? evaluators(process) : [];
  return {
    released: shares(process).map((s) => s.data.index),
    declared: judges.filter((e) => e.interests !== null).map((e) => e.person),
    filed: judges.filter((e) => e.sheet !== null).map((e) => e.person),
  };
});
