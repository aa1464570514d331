import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ledgerInterface } from '@/lib/server/chain/artifact';
import { connectLedger, type Ledger } from '@/lib/server/chain/ledger';

type Answer = { result: string } | { error: { code: number; message: string; data?: string } };

/** What anvil 1.7.1 says when a block is mined between resolving `latest` and reading its state. */
const MOVED: Answer = {
  error: { code: -32602, message: 'BlockOutOfRangeError: block height is 349 but requested was 348' },
};
const COUNT: Answer = { result: `0x${'7'.padStart(64, '0')}` };

describe('a node’s errors', () => {
  const answers: Answer[] = [];
  let asked = 0;
  let server: Server;
  let ledger: Ledger;
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        asked += 1;
        const { id } = JSON.parse(body) as { id: number };
        const answer = answers.length > 1 ? answers.shift() : answers[0];
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ jsonrpc: '2.0', id, ...answer }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const rpcUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    ledger = connectLedger({ rpcUrl, chainId: 31337, address: `0x${'11'.repeat(20)}` });
  });
  afterAll(() => {
    ledger.close();
    server.close();
  });
  beforeEach(() => {
    answers.length = 0;
    asked = 0;
  });

  it('are asked again when the head moved meanwhile', async () => {
    answers.push(MOVED, MOVED, COUNT);
    expect(await ledger.anchorCount()).toBe(7);
    expect(asked).toBe(3);
  });

  it('are no refusal of the contract, however often the head moves', async () => {
    answers.push(MOVED);
    await expect(ledger.anchorCount()).rejects.toMatchObject({ code: 'rpc-failed', refusal: null });
    expect(asked).toBe(6);
  });

  it('are the node’s own, unless it says that the call was reverted', async () => {
    answers.push({ error: { code: -32000, message: 'missing trie node' } });
    await expect(ledger.anchorCount()).rejects.toMatchObject({ code: 'rpc-failed', refusal: null });
    answers[0] = { error: { code: 3, message: 'execution reverted' } };
    await expect(ledger.anchorCount()).rejects.toMatchObject({ code: 'refused' });
    const data = ledgerInterface.encodeErrorResult('UnknownAnchor', [7, 7]);
    answers[0] = { error: { code: 3, message: 'execution reverted', data } };
    await expect(ledger.anchorCount()).rejects.toMatchObject({ refusal: { code: 'UnknownAnchor' } });
  });
});
