/**
 * Where to go after signing in, from the address's `next`: a path of this site only. "//evil.example" and "/\evil"
 * are other sites to a browser, and a link to our sign-in page must not become a way to send people there.
 */
export function nextPath(wanted: string | string[] | undefined, fallback: string): string {
  if (typeof wanted !== 'string' || !/^\/(?![/\\])[^\s\\]*$/.test(wanted)) return fallback;
  return wanted;
}
