import * as z from 'zod';
import { refuse } from '@/lib/procedure/refusal';
import { notFoundOrErased } from '@/lib/server/erased';
import { assembleEvidence, mayHaveEvidence } from '@/lib/server/evidence';
import { json, OPEN_TO_ALL, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

/** GET: the evidence of one record (protocol §5); `Tenderproof-Salt` stands for the filer's receipt. */
export const GET = route<{ recordId: string }>(
  async ({ request, params: { recordId }, world, actor }) => {
    if (!z.uuid().safeParse(recordId).success) return refuse('not-found');
    const salt = request.headers.get('tenderproof-salt');
    if (!(await mayHaveEvidence(world, recordId, { actor, salt })))
      return notFoundOrErased(world.db, recordId);
    const outcome = await assembleEvidence(world, recordId);
    if (outcome.ok) return json(outcome.evidence, { headers: OPEN_TO_ALL });
    // Sequencing takes a second at most: what was filed just now is asked for again.
    return outcome.reason === 'unknown'
      ? notFoundOrErased(world.db, recordId)
      : refuse('unavailable', { detail: 'not-sequenced' });
  },
  { rate: { name: 'evidence', perMinute: 300 } },
);
