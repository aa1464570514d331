import * as z from 'zod';
import type { Evidence } from '@/lib/evidence/format';
import { refuse, type Refusal } from '@/lib/procedure/refusal';
import type { Actor } from '@/lib/procedure/roles';
import { notFoundOrErased } from './erased';
import { assembleEvidence, mayHaveEvidence } from './evidence';
import type { World } from './world';

interface EvidenceReader {
  actor: () => Promise<Actor | null>;
  /** `Tenderproof-Salt` stands for the filer's receipt. */
  salt: string | null;
}

/** A record's evidence for whoever may have it, or the refusal: the same for the file and for the printed page. */
export async function evidenceFor(
  world: World,
  recordId: string,
  reader: EvidenceReader,
): Promise<{ ok: true; evidence: Evidence } | Refusal> {
  if (!z.uuid().safeParse(recordId).success) return refuse('not-found');
  if (!(await mayHaveEvidence(world, recordId, reader))) return notFoundOrErased(world.db, recordId);
  const outcome = await assembleEvidence(world, recordId);
  if (outcome.ok) return outcome;
  // Sequencing takes a second at most: what was filed just now is asked for again.
  return outcome.reason === 'unknown'
    ? notFoundOrErased(world.db, recordId)
    : refuse('unavailable', { detail: 'not-sequenced' });
}
