import { auth } from './auth';
import { world } from './world';

/** Headers of the visitor's request without those that describe its form. */
function sessionHeaders(request: Request): Headers {
  const headers = new Headers(request.headers);
  headers.delete('content-length');
  headers.delete('content-type');
  return headers;
}

/** A redirect that carries the cookies of a sign-in or sign-out. */
function withCookies(from: Response, location: string): Response {
  const headers = new Headers({ location });
  for (const cookie of from.headers.getSetCookie()) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}

/** Signs the visitor in as a persona, with the persona's own password, which only the registry knows; '' signs out. */
export async function becomePersona(request: Request, slug: string, location: string): Promise<Response> {
  const headers = sessionHeaders(request);
  if (slug === '') return withCookies(await auth().api.signOut({ headers, asResponse: true }), location);
  const persona = await world().db.demoPersona.findUnique({ where: { slug } });
  const user = persona && (await world().db.user.findUnique({ where: { id: persona.userId } }));
  if (!persona || !user) return new Response('Not found', { status: 404 });
  const body = { email: user.email, password: persona.password };
  return withCookies(await auth().api.signInEmail({ body, headers, asResponse: true }), location);
}
