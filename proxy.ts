import createMiddleware from 'next-intl/middleware';
import { NextRequest, type NextResponse } from 'next/server';
import { routing } from '@/lib/i18n/routing';

const chooseLanguage = createMiddleware(routing);

const development = process.env.NODE_ENV === 'development';

/**
 * `/verify`, and the rooms where bids are sealed and shares released, ask the chain through whichever node the reader
 * names, without our server in between.
 */
function readsChain(pathname: string): boolean {
  return /^\/(?:[a-z]{2}\/)?(?:verify(?:\/|$)|(?:tenders\/[^/]+\/(?:bid|opening)|work\/opening)\/?$)/.test(
    pathname,
  );
}

/** `/verify` reads the code of a printed document with the camera, when the reader asks for it. */
function scansCodes(pathname: string): boolean {
  return /^\/(?:[a-z]{2}\/)?verify\/?$/.test(pathname);
}

/**
 * The page may run only scripts that carry this request's nonce, or that such a script loads. `wasm-unsafe-eval`
 * is for hashing large files in WebAssembly. Styles may stand in attributes (dialogs, progress bars).
 */
function contentSecurityPolicy(nonce: string, pathname: string): string {
  const chain = readsChain(pathname) ? ' http://127.0.0.1:* http://localhost:* https:' : '';
  const policy = {
    'default-src': "'self'",
    'script-src': `'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${development ? " 'unsafe-eval'" : ''}`,
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'connect-src': `'self'${chain}${development ? ' ws:' : ''}`,
    'worker-src': "'self' blob:",
    'object-src': "'none'",
    'frame-src': "'none'",
    'frame-ancestors': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
  };
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}

/** Chooses the language of a page (path, cookie, Accept-Language) and sets its security headers. */
export default function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce, request.nextUrl.pathname);
  // Next reads the nonce for its own inline scripts from the request's policy.
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = chooseLanguage(new NextRequest(request.url, { headers, method: request.method }));
  response.headers.set('Content-Security-Policy', policy);
  response.headers.set('Referrer-Policy', 'strict-origin-when-cross-origin');
  response.headers.set('X-Content-Type-Options', 'nosniff');
  const camera = scansCodes(request.nextUrl.pathname) ? '(self)' : '()';
  response.headers.set(
    'Permissions-Policy',
    `camera=${camera}, microphone=(), geolocation=(), payment=(), usb=()`,
  );
  response.headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  return response;
}

export const config = {
  // The API, the log and files never come here: a proxy buffers bodies, and a machine has no language.
  // Only known file endings are left out: an ocid may contain dots.
  matcher: [
    '/((?!api(?:/|$)|log(?:/|$)|_next(?:/|$)|spec(?:/|$)|.*\\.(?:svg|png|ico|txt|xml|html|webmanifest|js|css|wasm|map|json|md|pdf|sha256)$).*)',
  ],
};
