import { cache } from 'react';
import { evaluators, shares } from '@/lib/procedure/state';
import { inUnit, units } from '@/lib/procedure/scopes';
import { unitId } from '@/lib/procedure/units';
import { loadForOpening } from '../readers';
import { actorOf, currentViewer } from '../session';
import { world } from '../world';
import { viewerFor } from './tender';

/** How far a sealed step has come, without a word of what was filed: whom the others wait for, not what they wrote. */
export interface Progress {
  /** Pseudonyms of the members whose shares are in. */
  released: string[];
  /** Pseudonyms of the evaluators who declared their interests, and of those whose sheet is in. */
  declared: string[];
  filed: string[];
}

/** For those who have a part in the opening or the evaluation; null for everybody else. */
export const readProgress = cache(async (ocid: string, unit?: string): Promise<Progress | null> => {
  const w = world();
  const [row, signedIn] = await Promise.all([w.db.tender.findUnique({ where: { ocid } }), currentViewer()]);
  const whole = row && (await loadForOpening(w.db, w, row.id, signedIn && actorOf(signedIn)));
  const asked = whole && units(whole).find((u) => unitId(u) === unit);
  if (!whole || (unit !== undefined && !asked)) return null;
  const process = asked ? inUnit(whole, asked) : whole;
  const { roles } = viewerFor(process, signedIn);
  const office = roles.includes('officer') || roles.includes('approver');
  if (!office && !roles.includes('committee') && !roles.includes('evaluator')) return null;
  // Who evaluates is known to the office and to the evaluators, not to the opening committee.
  const judges = office || roles.includes('evaluator') ? evaluators(process) : [];
  return {
    released: shares(process).map((s) => s.actor.person),
    declared: judges.filter((e) => e.interests !== null).map((e) => e.person),
    filed: judges.filter((e) => e.sheet !== null).map((e) => e.person),
  };
});
