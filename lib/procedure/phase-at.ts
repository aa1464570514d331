import { PHASES, type Phase } from './phases';
import { inUnit, units } from './scopes';
import { awardApproved, closure, last, notice, publicationRequest, shortlist, type Process } from './state';

function phaseBeforePublication(process: Process): Phase {
  if (notice(process)) return 'publishing';
  return publicationRequest(process) ? 'approval' : 'draft';
}

/** Nothing more happens in these. */
const ENDED: readonly Phase[] = ['unsuccessful', 'assessed', 'implementation'];

/** Of a divided process: the phase of the unit that has the longest way to go. */
function phaseOfUnits(process: Process, now: number): Phase {
  const phases = units(process).map((unit) => phaseAt(inUnit(process, unit), now));
  // A second envelope that waits is no further than the first one, which it waits for.
  const moving = phases.filter((p) => !ENDED.includes(p) && p !== 'waiting');
  const first = moving.toSorted((a, b) => PHASES.indexOf(a) - PHASES.indexOf(b))[0];
  if (first) return first;
  if (phases.includes('waiting')) return 'waiting';
  return phases.includes('implementation') ? 'implementation' : 'unsuccessful';
}

/**
 * Where the process, or the unit, stands at `now` (milliseconds since the epoch, the server's clock). The chain decides
 * what is published, closed and announced; the clock only ends the time for bids and the standstill.
 */
export function phaseAt(process: Process, now: number): Phase {
  const { opening, announcement } = process.chain;
  if (last(process, 'tender-unsuccessful') && (process.unit || units(process).length === 0))
    return 'unsuccessful';
  if (!opening) return phaseBeforePublication(process);
  if (!closure(process, 2)) return now < Date.parse(opening.bidsDue) ? 'open' : 'closing';
  if (!process.unit && units(process).length > 0) return phaseOfUnits(process, now);
  if (process.before && (last(process.before, 'tender-unsuccessful') || !closure(process.before, 4)))
    return 'waiting';
  if (!last(process, 'opening-report')) return 'opening';
  if (!closure(process, 3)) return 'opened';
  if (process.unit?.part === 'technical') return shortlist(process) ? 'assessed' : 'assessment';
  if (!awardApproved(process)) return process.before ? 'comparison' : 'evaluation';
  if (!announcement) return 'announcing';
  if (now < Date.parse(announcement.standstillEnds)) return 'standstill';
  if (!closure(process, 5)) return 'award';
  return closure(process, 6) ? 'implementation' : 'contract';
}
