import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as getRegistry } from '@/app/api/v1/registry/route';
import { toHex } from '@/lib/record/hex';
import { processKey } from '@/lib/record/stage-key';
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
  /** Questions that are not answered while this is set, and how many there were. */
  let held: { path: RegExp; count: number } | null = null;

  beforeAll(async () => {
    scene = await startScene();
    serveScene(scene);
    await cover();
    tender = await driveTo(scene, 'evaluation');
    await cover();
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tenderproof-audit-'));
    server = http.createServer((request, response) => {
      const asked = (request.url ?? '').slice(1);
      if (held?.path.test(asked)) {
        held.count += 1;
        return;
      }
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

  /** More than two full tiles of leaves, anchored. */
  async function cover(): Promise<void> {
    const filedAt = new Date(scene.clock.now());
    const covers = Array.from({ length: 600 }, () => ({
      commitment: new Uint8Array(randomBytes(32)),
      filedAt,
    }));
    await scene.world.db.filing.createMany({ data: covers });
    const anchored = async () => {
      const anchor = await scene.world.db.anchor.findFirst({ orderBy: { index: 'desc' } });
      return Number(anchor?.treeSize) === (await scene.world.db.leaf.count());
    };
    await scene.until(async () => (await scene.world.db.filing.count()) === 0 && (await anchored()));
  }

  const registry = async () =>
    new Uint8Array(await (await call(getRegistry.as(null), '/api/v1/registry', {})).arrayBuffer());

  const command = (args: string[]) => ['--import', 'tsx', path.resolve('lib/cli/audit.ts'), ...args];

  function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const program = command(args);
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

  it('goes on where it was killed', async () => {
    const leaves = await scene.world.db.leaf.count();
    const last = Math.floor(leaves / 256);
    expect(last).toBeGreaterThan(3);
    held = { path: new RegExp(`^log/tile/entries/00${last}`), count: 0 };
    const args = ['--url', url, ...rpc(), ...state('killed.json')];
    const child = spawn(process.execPath, command(args), { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
    await expect
      .poll(() => held?.count === 1 && existsSync(path.join(folder, 'killed.json')), { timeout: 50_000 })
      .toBe(true);
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    held = null;
    const again = await run(...args, '--json');
    const told = JSON.parse(again.out) as { counts: { hashed: number; leaves: number } };
    expect(again.code).toBe(0);
    expect(told.counts.leaves).toBe(leaves);
    // The first anchor holds 600 leaves at least: what the chain confirmed is not hashed again.
    expect(told.counts.hashed).toBeLessThanOrEqual(leaves - 600);
    expect(told.counts.hashed).toBeGreaterThan(0);
  });

  it('reads a part of what is old again each time, another one the next time', async () => {
    const file = path.join(folder, 'parts.json');
    const args = ['--url', url, ...rpc(), ...state('parts.json')];
    expect((await run(...args)).code).toBe(0);
    const kept = JSON.parse(await fs.readFile(file, 'utf8')) as { round: number };
    expect(kept.round).toBe(1);
    // The second run from here is the one whose turn this process is.
    const turn = Number.parseInt(toHex(processKey(tender.ocid)).slice(0, 8), 16) % 16;
    await fs.writeFile(file, JSON.stringify({ ...kept, round: turn + 15 }));
    const replace = (from: string, to: string) =>
      forge(
        scene.test,
        `UPDATE entries SET text = replace(text, '${from}', '${to}') WHERE text LIKE '%"type":"notice"%'`,
      );
    await replace('north quay', 'south quay');
    const before = await run(...args);
    const then = await run(...args);
    await replace('south quay', 'north quay');
    expect([before.code, then.code]).toEqual([0, 1]);
    expect(then.out).toContain('entry-differs');
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
