import { demoRefusal } from '@/lib/server/demo-request';
import { currentViewer } from '@/lib/server/session';
import { world } from '@/lib/server/world';

/** The key seed of the persona that the visitor is at the moment: a demonstration key, marked so in its record. */
export async function POST(request: Request): Promise<Response> {
  const refused = demoRefusal(request);
  if (refused) return refused;
  const viewer = await currentViewer();
  const persona =
    viewer && (await world().db.demoPersona.findUnique({ where: { userId: viewer.person.id } }));
  if (!persona?.keySeed) return new Response('Not found', { status: 404 });
  return Response.json({ seed: persona.keySeed }, { headers: { 'cache-control': 'no-store' } });
}
