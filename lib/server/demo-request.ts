import { env } from './env';

/** Requests to the demonstration are answered in a demonstration only, and only from its own pages. */
export function demoRefusal(request: Request): Response | null {
  if (!env().DEMO) return new Response('Not found', { status: 404 });
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  const own = site === 'same-origin' || (site === null && (origin === null || origin === env().BASE_URL));
  return own ? null : new Response('Forbidden', { status: 403 });
}

/** A path on this site that a form asked to return to; anything else becomes the home page. */
export const safeReturn = (to: FormDataEntryValue | null): string =>
  typeof to === 'string' && /^\/(en|zh)(\/[\w\-/.]*)?$/.test(to) ? to : '/';
