import { STAGES } from '@/lib/record/record';
import { RULE_PACKS } from '@/lib/procedure/rules/packs';
import { prefixLength } from '@/lib/server/find-documents';
import { registryDescriptor } from '@/lib/server/registry';
import { json, OPEN_TO_ALL, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

/**
 * GET: what this registry says of itself. A verifier never takes the descriptor from here: it is published so that
 * people can compare it with the one that they have pinned.
 */
export const GET = route(
  async ({ world }) => {
    const { rpcUrl, embedded, ...descriptor } = registryDescriptor();
    const answer = {
      descriptor,
      prefixLength: await prefixLength(world.db),
      rulePacks: RULE_PACKS,
      stages: STAGES.map((name, stage) => ({ stage, name })),
      rpcUrl,
      embedded,
    };
    return json(answer, { headers: OPEN_TO_ALL });
  },
  { rate: { name: 'registry', perMinute: 300 } },
);
