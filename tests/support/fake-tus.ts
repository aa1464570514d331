import type { Page, Request, Route } from '@playwright/test';

// The part of the tus protocol that the sender speaks, in the place of the registry: it takes everything, and its line can
// be broken.

export interface TusServer {
  /** Answers the requests of this page. */
  serve(page: Page): Promise<void>;
  /** After so many whole envelopes nothing gets through any more. */
  breakAfter(envelopes: number): void;
  mend(): void;
  /** Uploads that were begun. */
  begun(): number;
  /** Everything that was sent. */
  bodies(): Buffer[];
}

const HEADERS = { 'Tus-Resumable': '1.0.0' };

export function tusServer(): TusServer {
  const uploads: { total: number; got: Buffer }[] = [];
  const whole = () => uploads.filter(({ total, got }) => got.length === total).length;
  let limit = Infinity;
  const broken = () => whole() >= limit;

  const answer = (request: Request) => {
    const number = Number(/tus\/(\d+)/.exec(request.url())?.[1] ?? -1);
    const upload = uploads[number];
    const sent = request.postDataBuffer() ?? Buffer.alloc(0);
    if (request.method() === 'POST') {
      uploads.push({ total: Number(request.headers()['upload-length']), got: Buffer.alloc(0) });
      return {
        status: 201,
        headers: { ...HEADERS, Location: `/api/v1/envelopes/tus/${uploads.length - 1}` },
      };
    }
    if (upload === undefined) return { status: 404, headers: HEADERS };
    if (request.method() === 'PATCH') upload.got = Buffer.concat([upload.got, sent]);
    const { total, got } = upload;
    const headers = { ...HEADERS, 'Upload-Offset': String(got.length), 'Upload-Length': String(total) };
    if (request.method() === 'HEAD') return { status: 200, headers };
    if (got.length < total) return { status: 204, headers };
    return {
      status: 200,
      headers,
      contentType: 'application/json',
      body: JSON.stringify({ id: `upload-${number}` }),
    };
  };
  const fulfil = (route: Route) => (broken() ? route.abort() : route.fulfill(answer(route.request())));
  return {
    async serve(page) {
      await page.route('**/api/v1/envelopes/tus**', fulfil);
      await page.route('**/api/v1/tenders/*/time', (route) =>
        route.fulfill({ json: { now: new Date().toISOString() } }),
      );
    },
    breakAfter: (envelopes) => void (limit = envelopes),
    mend: () => void (limit = Infinity),
    begun: () => uploads.length,
    bodies: () => uploads.map(({ got }) => got),
  };
}
