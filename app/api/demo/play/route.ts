import { beginPlay, PARTS, playsUnderWay, type Part } from '@/lib/demo/play';
import { demoRefusal } from '@/lib/server/demo-request';
import { world } from '@/lib/server/world';

/** At most this many demonstration tenders run at once. */
const MOST = 20;

/** Begins a tender whose clock starts now. */
export async function POST(request: Request): Promise<Response> {
  const refused = demoRefusal(request);
  if (refused) return refused;
  const form = await request.formData();
  const language = form.get('language') === 'zh' ? 'zh' : 'en';
  const parts = form.getAll('part').filter((p): p is Part => PARTS.some((part) => part === p));
  const running = await playsUnderWay(world());
  if (running >= MOST)
    return new Response('Too many demonstrations are running: wait a few minutes.', { status: 429 });
  const ocid = await beginPlay(world(), language, parts);
  return new Response(null, { status: 303, headers: { location: `/${language}/tenders/${ocid}` } });
}
