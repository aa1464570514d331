import { refuse, type Refusal } from '@/lib/procedure/refusal';
import type { PartialUpload } from '@/lib/server/partial-uploads';
import { route } from '@/lib/server/route';
import { continueUpload, dropUpload, ownPartial, showUpload, type TusCall } from '@/lib/server/tus-uploads';

export const dynamic = 'force-dynamic';

type Step = (call: TusCall, partial: PartialUpload) => Promise<Response | Refusal>;

/** Only who began an upload may see, continue or drop it; to everybody else there is none. */
const onOwn = (step: Step) =>
  route<{ id: string }>(
    async ({ request, params, world, actor }) => {
      const who = await actor();
      if (!who) return refuse('not-signed-in');
      const call = { world, actor: who, request };
      const partial = await ownPartial(call, params.id);
      return partial ? step(call, partial) : refuse('not-found');
    },
    { rate: { name: 'envelope-pieces', perMinute: 1200, by: 'person' } },
  );

/** HEAD: how many bytes have arrived. */
export const HEAD = onOwn(showUpload);

/** PATCH: the next piece. 204; after the last one 200 {id, sha256, size}. */
export const PATCH = onOwn(continueUpload);

/** DELETE: forgets the upload. 204. */
export const DELETE = onOwn(dropUpload);
