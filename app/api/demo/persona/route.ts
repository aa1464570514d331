import { auth } from '@/lib/server/auth';
import { demoRefusal, safeReturn } from '@/lib/server/demo-request';
import { world } from '@/lib/server/world';

/** Changes who the visitor is: a real sign-in with the persona's own password, which only the registry knows. */
export async function POST(request: Request): Promise<Response> {
  const refused = demoRefusal(request);
  if (refused) return refused;
  const form = await request.formData();
  const slug = String(form.get('persona') ?? '');
  const back = { location: safeReturn(form.get('return')) };
  const headers = new Headers(request.headers);
  headers.delete('content-length');
  headers.delete('content-type');
  if (slug === '') {
    const out = await auth().api.signOut({ headers, asResponse: true });
    return new Response(null, { status: 303, headers: withCookies(out, back) });
  }
  const persona = await world().db.demoPersona.findUnique({ where: { slug } });
  const user = persona && (await world().db.user.findUnique({ where: { id: persona.userId } }));
  if (!persona || !user) return new Response('Not found', { status: 404 });
  const body = { email: user.email, password: persona.password };
  const signedIn = await auth().api.signInEmail({ body, headers, asResponse: true });
  return new Response(null, { status: 303, headers: withCookies(signedIn, back) });
}

function withCookies(from: Response, init: Record<string, string>): Headers {
  const headers = new Headers(init);
  for (const cookie of from.headers.getSetCookie()) headers.append('set-cookie', cookie);
  return headers;
}
