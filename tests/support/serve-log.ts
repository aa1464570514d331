import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { GET as getCheckpoint } from '@/app/log/checkpoint/route';
import { POST as postCosignature } from '@/app/log/cosignature/route';
import { GET as getTile } from '@/app/log/tile/[...path]/route';

/** Serves the log's real route handlers over HTTP, as the web server does, for programs that know nothing of tests. */
export async function serveLog(): Promise<{ url: string; stop(): Promise<void> }> {
  const answer = (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const at = <P extends object>(params: P) => ({ params: Promise.resolve(params) });
    if (request.method === 'POST' && pathname === '/log/cosignature')
      return postCosignature.as(null)(request, at({}));
    if (request.method === 'GET' && pathname === '/log/checkpoint')
      return getCheckpoint.as(null)(request, at({}));
    if (request.method === 'GET' && pathname.startsWith('/log/tile/'))
      return getTile.as(null)(request, at({ path: pathname.slice('/log/tile/'.length).split('/') }));
    return Promise.resolve(new Response(null, { status: 404 }));
  };
  const server = http.createServer((incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const body = method === 'GET' ? undefined : (Readable.toWeb(incoming) as ReadableStream<Uint8Array>);
    const init = { method, headers: headers as Record<string, string>, body: body ?? null, duplex: 'half' };
    answer(new Request(`http://127.0.0.1${url}`, init as RequestInit))
      .then(async (response) => {
        outgoing.writeHead(response.status, Object.fromEntries(response.headers));
        outgoing.end(Buffer.from(await response.arrayBuffer()));
      })
      .catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
