import { beginPlay, PARTS, playsUnderWay, published, type Part } from '@/lib/demo/play';
import { KINDS } from '@/lib/demo/play-stories';
import { CAST } from '@/lib/demo/people';
import { demoRefusal } from '@/lib/server/demo-request';
import { becomePersona } from '@/lib/server/demo-sign-in';
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
  const kind = KINDS.find((k) => k === form.get('kind'));
  const running = await playsUnderWay(world());
  if (running >= MOST)
    return new Response('Too many demonstrations are running: wait a few minutes.', { status: 429 });
  const ocid = await beginPlay(world(), language, parts, kind);
  const tender = `/${language}/tenders/${ocid}`;
  // Nobody but the office knows of it before it is published: who plays the approver begins as the approver.
  if (parts.includes('approver')) return becomePersona(request, CAST[language].approver, `${tender}/approve`);
  await published(world(), ocid);
  return new Response(null, { status: 303, headers: { location: tender } });
}
