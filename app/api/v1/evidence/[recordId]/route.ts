import { evidenceFor } from '@/lib/server/evidence-answer';
import { json, OPEN_TO_ALL, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

/** GET: the evidence of one record (protocol §5); `Tenderproof-Salt` stands for the filer's receipt. */
export const GET = route<{ recordId: string }>(
  async ({ request, params: { recordId }, world, actor }) => {
    const salt = request.headers.get('tenderproof-salt');
    const outcome = await evidenceFor(world, recordId, { actor, salt });
    return outcome.ok ? json(outcome.evidence, { headers: OPEN_TO_ALL }) : outcome;
  },
  { rate: { name: 'evidence', perMinute: 300 } },
);
