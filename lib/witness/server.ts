import http from 'node:http';
import { MAX_ADD_CHECKPOINT_BYTES } from '@/lib/merkle/add-checkpoint';
import type { VerifierKey } from '@/lib/merkle/verifier-key';
import { WITNESS_REFUSALS, type WitnessRefusal } from './judge';
import { originHash } from './state';
import type { Witness } from './witness';

/** What a refused sender reads: each says what is wrong with what it sent. */
const SENTENCES: Record<WitnessRefusal, string> = {
  malformed: 'This is no add-checkpoint request of C2SP tlog-witness.',
  'size-falls': 'The old size is above the size of the checkpoint.',
  'unknown-log': 'This witness does not watch this log.',
  'not-signed-by-log': 'The checkpoint bears no valid signature of its log.',
  'old-size-differs': 'The old size is not the one cosigned last.',
  'root-differs': 'Another root was cosigned at this size: the log has signed two histories.',
  'not-consistent': 'The proof does not show that the log only grew.',
};

interface Answer {
  status: number;
  body: string;
  type?: string;
}

const plain = (status: number, sentence: string): Answer => ({ status, body: `${sentence}\n` });

/** The body as text, or the answer to one that is too large or no UTF-8. The limit holds while reading. */
async function readBody(request: http.IncomingMessage): Promise<string | Answer> {
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > MAX_ADD_CHECKPOINT_BYTES)
        return plain(413, `At most ${MAX_ADD_CHECKPOINT_BYTES} bytes are read.`);
      pieces.push(piece);
    }
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(pieces));
  } catch {
    // No UTF-8; or the sender went away in the middle, and nobody reads this.
    return plain(400, SENTENCES.malformed);
  }
}

async function addCheckpoint(witness: Witness, request: http.IncomingMessage): Promise<Answer> {
  const body = await readBody(request);
  if (typeof body !== 'string') return body;
  const answer = await witness.addCheckpoint(body);
  if (answer.ok) return { status: 200, body: answer.line };
  if (answer.refusal === 'old-size-differs')
    return { status: 409, body: `${answer.size}\n`, type: 'text/x.tlog.size' };
  return plain(WITNESS_REFUSALS[answer.refusal], SENTENCES[answer.refusal]);
}

async function lastCheckpoint(witness: Witness, logs: readonly VerifierKey[], hash: string): Promise<Answer> {
  const log = logs.find((key) => originHash(key.name) === hash);
  const last = log && (await witness.last(log.name));
  return last ? { status: 200, body: last.note } : plain(404, 'Nothing of this log has been cosigned.');
}

async function answerTo(
  witness: Witness,
  logs: readonly VerifierKey[],
  request: http.IncomingMessage,
): Promise<Answer> {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  if (path === '/add-checkpoint') {
    return request.method === 'POST' ? addCheckpoint(witness, request) : plain(405, 'Use POST.');
  }
  const [, hash] = /^\/([0-9a-f]{64})\/checkpoint$/.exec(path) ?? [];
  if (hash === undefined) return plain(404, 'There is nothing at this address.');
  return request.method === 'GET' ? lastCheckpoint(witness, logs, hash) : plain(405, 'Use GET.');
}

/**
 * Serves `POST /add-checkpoint` and `GET /<origin hash>/checkpoint` of C2SP tlog-witness.
 * @param onError told of what failed inside (a full disk, a damaged state); the sender learns only that it failed.
 */
export function witnessServer(
  witness: Witness,
  logs: readonly VerifierKey[],
  onError: (error: unknown) => void,
): http.Server {
  const server = http.createServer((request, response) => {
    answerTo(witness, logs, request)
      .catch((error: unknown) => {
        onError(error);
        return plain(500, 'The witness failed; its operator can see why.');
      })
      .then(({ status, body, type = 'text/plain; charset=utf-8' }) => {
        response.writeHead(status, {
          'Content-Type': type,
          'Cache-Control': 'no-store',
          'X-Content-Type-Options': 'nosniff',
          // A body that was not read to its end would stand before the next request.
          ...(request.complete ? {} : { Connection: 'close' }),
        });
        response.end(body);
      })
      .catch(onError);
  });
  server.requestTimeout = 15_000;
  server.headersTimeout = 10_000;
  server.keepAliveTimeout = 60_000;
  server.maxConnections = 200;
  return server;
}
