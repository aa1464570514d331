import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a node answers to one question of JSON-RPC. */
export interface Answer {
  result?: unknown;
  error?: { code: number; message: string };
}

type Changed = Answer | number;

/** Gets the question and what the real node answers; a number is an HTTP status without an answer. */
export type Change = (
  method: string,
  answer: Answer,
  params: readonly unknown[],
) => Changed | Promise<Changed>;

export interface ChangedNode {
  url: string;
  /** Null: answers as the real node does. */
  change: Change | null;
  /** The questions that came, oldest first. */
  asked: string[];
  close(): Promise<void>;
}

/** A node on loopback that asks the real one, and changes its answers. */
export async function startChangedNode(rpcUrl: string): Promise<ChangedNode> {
  const answerTo = async (body: string): Promise<{ status: number; text: string }> => {
    const { id, method, params } = JSON.parse(body) as { id: number; method: string; params: unknown[] };
    node.asked.push(method);
    const headers = { 'content-type': 'application/json' };
    const real = (await (await fetch(rpcUrl, { method: 'POST', headers, body })).json()) as Answer;
    const changed = (await node.change?.(method, real, params)) ?? real;
    if (typeof changed === 'number') return { status: changed, text: 'refused' };
    const { result, error } = changed;
    return { status: 200, text: JSON.stringify({ jsonrpc: '2.0', id, ...(error ? { error } : { result }) }) };
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      answerTo(body).then(
        ({ status, text }) => response.writeHead(status, { 'content-type': 'application/json' }).end(text),
        () => response.destroy(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const node: ChangedNode = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    change: null,
    asked: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return node;
}
