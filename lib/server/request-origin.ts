/**
 * Whether a state-changing request comes from our own pages. The session is a cookie, which a browser sends with a
 * stranger's form as well; what it also sends, and no page can forge, is where the request came from. A caller that
 * sends neither header is not a browser, and has no victim's cookie.
 */
export function isSameOrigin(request: Request, baseUrl: string): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  const origin = request.headers.get('origin');
  if (origin === null) return true;
  if (!URL.canParse(origin)) return false;
  return origin === new URL(baseUrl).origin || new URL(origin).host === request.headers.get('host');
}
