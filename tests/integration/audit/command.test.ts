import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as getRegistry } from '@/app/api/v1/registry/route';
import { descriptorOf } from '@/lib/server/registry';
import { call } from '../api/fixture';
import { driveTo, type Drive } from '../../support/drive';
import { startScene, type Scene } from '../../support/scene';
import { forge } from './backup';
import { get, serveScene } from './public';

describe('npm run audit', () => {
  let scene: Scene;
  let tender: Drive;
  let server: http.Server;
  let folder: string;
  let url: string;

  beforeAll(async () => {
    scene = await startScene();
    serveScene(scene);
    tender = await driveTo(scene, 'evaluation');
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tenderproof-audit-'));
    server = http.createServer((request, response) => {
      const asked = (request.url ?? '').slice(1);
      const answer = asked === 'api/v1/registry' ? registry() : get(asked, Infinity);
      answer.then(
        (bytes) => response.writeHead(bytes ? 200 : 404).end(bytes ?? ''),
        () => response.writeHead(400).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.close();
    await fs.rm(folder, { recursive: true, force: true });
    await scene.close();
  });

  const registry = async () =>
    new Uint8Array(await (await call(getRegistry.as(null), '/api/v1/registry', {})).arrayBuffer());

  function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const program = ['--import', 'tsx', path.resolve('lib/cli/audit.ts'), ...args];
    return new Promise((resolve) =>
      execFile(process.execPath, program, { maxBuffer: 10_000_000 }, (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, out, err }),
      ),
    );
  }
  const state = (name: string) => ['--state', path.join(folder, name)];
  const rpc = () => ['--rpc', scene.test.chain.rpcUrl];

  it('ends with 0 when nothing is wrong, trusts what it first saw, and goes on from there', async () => {
    const first = await run('--url', url, ...rpc(), ...state('first.json'));
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toContain('TRUSTED ON FIRST USE');
    expect(first.out).toContain('Nothing is wrong');
    const again = await run('--url', url, ...rpc(), ...state('first.json'), '--json');
    const told = JSON.parse(again.out) as { clean: boolean; counts: { hashed: number; leaves: number } };
    expect(again.code).toBe(0);
    expect(told).toMatchObject({
      clean: true,
      counts: { hashed: 0, leaves: await scene.world.db.leaf.count() },
    });
  });

  it('ends with 1 and names what is wrong', async () => {
    const notice = await scene.world.db.record.findFirstOrThrow({
      where: { tenderId: tender.id, type: 'notice' },
    });
    const replace = (from: string, to: string) =>
      forge(
        scene.test,
        `UPDATE entries SET text = replace(text, '${from}', '${to}') WHERE "recordId" = '${notice.id}'`,
      );
    await replace('north quay', 'south quay');
    const pin = path.join(folder, 'pin.json');
    await fs.writeFile(pin, JSON.stringify(descriptorOf(scene.world.env)));
    const { code, out } = await run('--url', url, ...rpc(), '--pin', pin, ...state('second.json'));
    await replace('south quay', 'north quay');
    expect(code).toBe(1);
    expect(out).toContain('entry-differs');
    expect(out).toContain(notice.id);
  });

  it('ends with 2 when it could not be done, and says what to do', async () => {
    const missing = await run('--url', url);
    expect(missing.code).toBe(2);
    expect(missing.err).toContain('--rpc must be an address');
    const pin = path.join(folder, 'other.json');
    await fs.writeFile(pin, '{"origin":"x"}');
    const other = await run('--url', url, ...rpc(), '--pin', pin, ...state('third.json'));
    expect(other.code).toBe(2);
    expect(other.err).toContain('not a registry descriptor');
    const away = await run('--url', 'http://127.0.0.1:9', ...rpc(), ...state('fourth.json'));
    expect(away.code).toBe(2);
    expect(away.err).toContain('cannot be read');
  });
});
