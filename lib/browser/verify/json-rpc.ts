import { ChainUnavailable } from '@/lib/evidence/chain-reader';

const TIMEOUT_MS = 15_000;
/** Proofs of some forty slots in a trie of millions; a contract's code is 24 KiB at most, twice that in hexadecimal. */
const MAX_ANSWER_LENGTH = 1_048_576;

/** Asks a node one question. @throws ChainUnavailable, and nothing else. */
export type Rpc = (method: string, params: readonly unknown[]) => Promise<unknown>;

/**
 * JSON-RPC 2.0 over HTTP, one question a request. Equal questions are asked once: the steps look at the same
 * anchors, and one verification should see one state of the chain.
 */
export function jsonRpc(url: string, fetcher: typeof fetch = fetch): Rpc {
  const answers = new Map<string, Promise<unknown>>();
  return (method, params) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const answer = answers.get(body) ?? ask(url, body, fetcher);
    answers.set(body, answer);
    return answer;
  };
}

async function ask(url: string, body: string, fetcher: typeof fetch): Promise<unknown> {
  const text = await send(url, body, fetcher);
  if (text.length > MAX_ANSWER_LENGTH) throw new ChainUnavailable('malformed', 'the answer is too long');
  const answer = parse(text);
  if (typeof answer !== 'object' || answer === null)
    throw new ChainUnavailable('malformed', 'no JSON-RPC answer');
  if ('error' in answer && answer.error !== undefined && answer.error !== null) {
    throw new ChainUnavailable('refused', messageOf(answer.error));
  }
  if (!('result' in answer)) throw new ChainUnavailable('malformed', 'no result');
  return answer.result;
}

async function send(url: string, body: string, fetcher: typeof fetch): Promise<string> {
  try {
    const response = await fetcher(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      // Nothing that could tell the node, or this site's cookies, who asks.
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return await response.text();
  } catch (error) {
    throw new ChainUnavailable('unreachable', error instanceof Error ? error.message : String(error));
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ChainUnavailable('malformed', 'not JSON');
  }
}

function messageOf(error: unknown): string {
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : '';
  return typeof message === 'string' ? message.slice(0, 200) : '';
}
