import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { DELETE, HEAD, PATCH } from '@/app/api/v1/envelopes/tus/[id]/route';
import { POST } from '@/app/api/v1/envelopes/tus/route';
import type { Actor } from '@/lib/procedure/roles';
import { call } from './fixture';

type Headers = Record<string, string>;

const TUS: Headers = { 'tus-resumable': '1.0.0' };
const PIECE: Headers = { ...TUS, 'content-type': 'application/offset+octet-stream' };

/** A client of the tus routes, one request at a time. */
export const tus = {
  begin: (tenderId: string, who: Actor | null, length: number | string, headers: Headers = {}) =>
    call(
      POST.as(who),
      `/api/v1/envelopes/tus?tender=${tenderId}`,
      {},
      { method: 'POST', headers: { ...TUS, 'upload-length': String(length), ...headers } },
    ),
  head: (id: string, who: Actor | null) =>
    call(HEAD.as(who), `/api/v1/envelopes/tus/${id}`, { id }, { method: 'HEAD', headers: TUS }),
  patch: (id: string, who: Actor | null, offset: number, body: BodyInit, headers: Headers = {}) =>
    call(
      PATCH.as(who),
      `/api/v1/envelopes/tus/${id}`,
      { id },
      {
        method: 'PATCH',
        body,
        duplex: 'half',
        headers: { ...PIECE, 'upload-offset': String(offset), ...headers },
      },
    ),
  drop: (id: string, who: Actor | null) =>
    call(DELETE.as(who), `/api/v1/envelopes/tus/${id}`, { id }, { method: 'DELETE', headers: TUS }),
};

export const idOf = (response: Response) => response.headers.get('location')?.split('/').at(-1) ?? '';

export const offsetOf = (response: Response) => Number(response.headers.get('upload-offset') ?? Number.NaN);

/** A body that gives these pieces, then does `end`: closes by itself when that is done. */
export function pieces(parts: readonly Uint8Array[], end: () => unknown = () => undefined): ReadableStream {
  let next = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const part = parts[next];
        next += 1;
        if (part) return controller.enqueue(part);
        await end();
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

export interface Listening {
  url: string;
  /** Cuts every connection, as a cable does. */
  cut(): void;
  close(): Promise<void>;
}

/** The tus routes behind real sockets, for this person. */
export async function listen(who: Actor): Promise<Listening> {
  const server = http.createServer((incoming, outgoing) => {
    void answer(incoming, who).then(async (response) => {
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/v1/envelopes/tus`,
    cut: () => server.closeAllConnections(),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function answer(incoming: http.IncomingMessage, who: Actor): Promise<Response> {
  const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host}`);
  const id = /\/tus\/([^/]+)$/.exec(url.pathname)?.[1];
  const method = incoming.method ?? 'GET';
  const body = method === 'HEAD' ? null : (Readable.toWeb(incoming) as unknown as ReadableStream);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  const request = new Request(url, { method, headers, body, duplex: 'half' } as RequestInit);
  if (id === undefined) return POST.as(who)(request, { params: Promise.resolve({}) });
  const handler = { HEAD, PATCH, DELETE }[method as 'HEAD' | 'PATCH' | 'DELETE'];
  return handler.as(who)(request, { params: Promise.resolve({ id }) });
}
