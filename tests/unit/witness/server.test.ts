import type http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_ADD_CHECKPOINT_BYTES } from '@/lib/merkle/add-checkpoint';
import { openKeyFile } from '@/lib/witness/key-file';
import { witnessServer } from '@/lib/witness/server';
import { openState, originHash } from '@/lib/witness/state';
import { makeWitness } from '@/lib/witness/witness';
import { temporaryFolder } from '../../harness/temporary-folder';
import { testLog } from './log';

const LOG = testLog('log.example/a', 1);
const FORK = testLog('log.example/a', 1, 'another history');

let remove: () => void;
let server: http.Server;
let base: string;
let port: number;
const errors: unknown[] = [];

beforeEach(async () => {
  const made = temporaryFolder();
  remove = made.remove;
  const identity = await openKeyFile(path.join(made.folder, 'key.json'), 'w');
  const state = await openState(path.join(made.folder, 'state'), identity.key);
  const witness = makeWitness({ identity, logs: [LOG.key], state, now: () => 1_790_000_000_000 });
  server = witnessServer(witness, [LOG.key], (error) => errors.push(error));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
  base = `http://127.0.0.1:${port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  remove();
  expect(errors.splice(0)).toEqual([]);
});

const post = (body: string | Uint8Array<ArrayBuffer>) =>
  fetch(`${base}/add-checkpoint`, { method: 'POST', body });
const monitored = `/${originHash('log.example/a')}/checkpoint`;

describe('the witness’s server', () => {
  it('answers as C2SP tlog-witness says', async () => {
    expect((await fetch(base + monitored)).status).toBe(404);
    const signed = await post(LOG.request(0, 5));
    const line = await signed.text();
    expect([signed.status, line]).toEqual([200, expect.stringMatching(/^— w \S+\n$/)]);
    const served = await fetch(base + monitored);
    expect(await served.text()).toBe(LOG.note(5) + line);

    const conflict = await post(LOG.request(0, 7));
    expect([conflict.status, conflict.headers.get('content-type'), await conflict.text()]).toEqual([
      409,
      'text/x.tlog.size',
      '5\n',
    ]);
    expect((await post('old 1\n')).status).toBe(400);
    expect((await post(Uint8Array.of(0xff, 0xfe))).status).toBe(400);
    expect((await post(testLog('log.example/x', 1).request(0, 5))).status).toBe(404);
    expect((await post(testLog('log.example/a', 9).request(5, 7))).status).toBe(403);
    expect((await post(FORK.request(5, 7))).status).toBe(422);
    expect((await post(FORK.request(5, 5))).status).toBe(422);
    expect((await post(LOG.request(5, 7))).status).toBe(200);
  });

  it('has nothing else', async () => {
    expect((await fetch(`${base}/add-checkpoint`)).status).toBe(405);
    expect((await fetch(base + monitored, { method: 'POST' })).status).toBe(405);
    for (const where of [
      '/',
      '/checkpoint',
      `/${'0'.repeat(64)}/checkpoint`,
      '/../key.json',
      '/add-checkpoint/',
    ])
      expect([where, (await fetch(base + where)).status]).toEqual([where, 404]);
  });

  it('reads no more than the largest request', async () => {
    const answer = await post('x'.repeat(MAX_ADD_CHECKPOINT_BYTES + 1));
    expect(answer.status).toBe(413);
    expect((await post(LOG.request(0, 5))).status).toBe(200);
  });

  it('survives a sender that goes away in the middle', async () => {
    await new Promise<void>((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => {
        socket.write(
          'POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: 1000\r\n\r\nold 0\n',
          () => {
            socket.destroy();
            resolve();
          },
        );
      });
    });
    expect((await post(LOG.request(0, 5))).status).toBe(200);
  });
});
