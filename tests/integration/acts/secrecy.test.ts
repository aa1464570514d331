import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { inspect } from 'node:util';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeEnvelope } from '@/lib/server/envelope-uploads';
import { logger } from '@/lib/server/log';
import { metricsText } from '@/lib/server/metrics';
import { registryStatus } from '@/lib/server/queries/status';
import type { World } from '@/lib/server/world';
import { does } from '../../support/acts';
import { bids, release, sealBid, submission, type SealedBid } from '../../support/bids';
import { driveTo, type Drive } from '../../support/drive';
import { PEOPLE, tenderer } from '../../support/people';
import { startScene, type Scene } from '../../support/scene';
import { formsOf, formsOfText, tracesIn, type Needles } from '../../support/traces';

const WORDS = '%PDF-1.7 Our secret method is hydrodemolition with recycled abrasive, 17 days.';
/** A size that is nowhere by chance; another of the same padding class. */
const SIZES = [1_234_577, 1_234_997] as const;
const FILE_NAME = 'preisblatt-hydrodemolition-7731.pdf';
const UNIT_PRICE = '918.2736';

const offer = (size: number) => ({
  unitPrice: UNIT_PRICE,
  files: [{ name: FILE_NAME, text: WORDS.padEnd(size, '.') }],
});

describe('what the server holds before the opening', () => {
  let scene: Scene;
  let tender: Drive;
  let secret: SealedBid;
  let log = '';
  const written: string[] = [];
  const failures: unknown[] = [];
  const originals = { out: process.stdout.write, err: process.stderr.write };

  /** What the bid says, by what it is called in the failure. */
  const needles = (): Needles => ({
    'total price': formsOfText(secret.total),
    'unit price': formsOfText(UNIT_PRICE),
    'price of an item': formsOfText('36730.94'),
    'file name': formsOfText(FILE_NAME),
    'words of the file': formsOfText('secret method is hydrodemolition'),
    'a number in the file': formsOfText('abrasive, 17 days'),
    'size of the file': formsOfText(String(SIZES[0])),
    seed: formsOf(Buffer.from(secret.seed)),
    'secret of the bid key': formsOf(Buffer.from(secret.bidSecret)),
  });

  /** Every row of every table, as text; bytea is hexadecimal there. */
  async function databaseDump(): Promise<Buffer> {
    const tables = await scene.test.sql(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
    );
    const lines: string[] = [];
    for (const { name } of tables) {
      const rows = await scene.test.sql(`SELECT row_to_json(t)::text AS line FROM "${String(name)}" t`);
      lines.push(...rows.map((r) => String(r.line)));
    }
    return Buffer.from(lines.join('\n'));
  }

  /** The database's own log file, where failed statements may leave their values. */
  async function postgresLog(): Promise<Buffer> {
    const [row] = await scene.test.sql('SHOW data_directory');
    return readFile(path.join(path.dirname(String(row?.data_directory)), 'postgres.log')).catch(() =>
      Buffer.alloc(0),
    );
  }

  async function storedFiles(): Promise<{ names: string[]; bytes: Buffer[] }> {
    const entries = await readdir(scene.test.env.STORAGE_DIR, { recursive: true, withFileTypes: true });
    const names = entries.filter((e) => e.isFile()).map((e) => path.join(e.parentPath, e.name));
    return { names, bytes: await Promise.all(names.map((file) => readFile(file))) };
  }

  /** What of the bid is found in all that the server holds or tells its operator. */
  async function found(): Promise<string[]> {
    const { names, bytes } = await storedFiles();
    expect(bytes.length).toBeGreaterThan(0);
    const texts = [
      names.join('\n'),
      log,
      written.join(''),
      inspect([...scene.errors, ...failures], { depth: 8, maxStringLength: null }),
      (await metricsText(await registryStatus(scene.world))).text,
    ];
    const heaps = [await databaseDump(), await postgresLog(), ...texts.map((t) => Buffer.from(t)), ...bytes];
    return tracesIn(needles(), heaps);
  }

  /** Does what must fail, and tells the log as the routes do. */
  async function fails(work: () => Promise<unknown>): Promise<void> {
    const outcome = await work().catch((error: unknown) => error);
    failures.push(outcome);
    if (outcome instanceof Error) logger().error({ err: outcome }, 'request failed');
    else expect(outcome).toMatchObject({ ok: false });
  }

  const sends = (body: ReadableStream<Uint8Array> | null, size: number, world: World = scene.world) =>
    takeEnvelope(world, { tenderId: tender.id, actor: secret.tenderer, body, announced: size });

  /** A body that gives the first half of the bytes and then breaks. */
  function broken(bytes: Uint8Array): ReadableStream<Uint8Array> {
    const halves = [bytes.slice(0, bytes.length >> 1)];
    return new ReadableStream({
      pull(controller) {
        const next = halves.pop();
        if (next) controller.enqueue(next);
        else controller.error(new Error('socket hang up'));
      },
    });
  }

  beforeAll(async () => {
    const stream = { write: (line: string) => void (log += line) };
    Object.assign(globalThis, { tenderproofLogger: pino({ level: 'trace' }, stream) });
    const capture = (chunk: unknown) => {
      written.push(String(chunk));
      return true;
    };
    scene = await startScene({ env: { LOG_LEVEL: 'trace' } });
    process.stdout.write = capture as typeof process.stdout.write;
    process.stderr.write = capture as typeof process.stderr.write;
    tender = await driveTo(scene, 'open');
    const [first, second] = PEOPLE.tenderers;
    secret = await bids(scene, tender, first!, offer(SIZES[0]));
    await bids(scene, tender, second!, { unitPrice: '77.5', files: [{ name: 'b.pdf', text: 'another' }] });
  });
  afterAll(async () => {
    process.stdout.write = originals.out;
    process.stderr.write = originals.err;
    Object.assign(globalThis, { tenderproofLogger: undefined });
    await scene.close();
  });

  it('knows what to look for: 40 m and 12.5 m3 at this price', () => {
    expect(secret.total).toBe('48209.36');
    for (const forms of Object.values(needles()))
      for (const form of forms) expect(form.length).toBeGreaterThan(5);
  });

  it('holds nothing of a bid while bids may come', async () => {
    await scene.tick();
    expect(await found()).toEqual([]);
  });

  it('knows of a size no more than its padding class', async () => {
    const [small, large] = await Promise.all(
      SIZES.map((size) => sealBid(scene, tender, tenderer(7), offer(size))),
    );
    expect(small?.bytes.length).toBe(large?.bytes.length);
    expect(small?.bytes.length).toBe(secret.bytes.length);
  });

  it('keeps and tells nothing of what fails: a line that breaks, a full disk, a database that refuses', async () => {
    const before = (await storedFiles()).names;
    const { bytes } = await sealBid(scene, tender, secret.tenderer, offer(SIZES[0]));
    await fails(() => sends(broken(bytes), bytes.length));
    const full: World['storage'] = {
      ...scene.world.storage,
      put: async (source) => {
        for await (const piece of source) throw new Error(`ENOSPC: no space left on device, ${piece.length}`);
        throw new Error('unreachable');
      },
    };
    await fails(() =>
      sends(new Response(new Uint8Array(bytes)).body, bytes.length, { ...scene.world, storage: full }),
    );
    const late = await sealBid(scene, tender, tenderer(8), offer(SIZES[0]));
    const body = new Response(new Uint8Array(late.bytes)).body;
    const announced = late.bytes.length;
    await takeEnvelope(scene.world, { tenderId: tender.id, actor: late.tenderer, body, announced });
    await scene.test.sql('ALTER TABLE entries ADD CONSTRAINT refuse CHECK (length(text) < 10) NOT VALID');
    await fails(() => does(scene, late.tenderer, 'submit-bid', tender.id, submission(late)));
    await scene.test.sql('ALTER TABLE entries DROP CONSTRAINT refuse');
    expect(failures.length).toBe(3);
    expect(String(failures[2])).not.toContain('was refused');
    expect((await storedFiles()).names.length).toBe(before.length + 1);
    expect(await found()).toEqual([]);
  });

  it('keeps nothing of an offer that was sent without being sealed', async () => {
    const before = (await storedFiles()).names;
    const plain = new TextEncoder().encode(WORDS.padEnd(300_000, '.'));
    await fails(() => sends(new Response(plain).body, plain.length));
    expect((await storedFiles()).names).toEqual(before);
    expect(await found()).toEqual([]);
  });

  it('holds nothing of a bid after the deadline, nor with fewer shares than the threshold', async () => {
    scene.clock.set(Date.parse((await scene.process(tender.id)).chain.opening!.bidsDue));
    await scene.untilPhase(tender.id, 'opening');
    expect(await found()).toEqual([]);
    await release(scene, tender, PEOPLE.members.slice(0, 1));
    for (let round = 0; round < 5; round += 1) {
      await scene.tick();
      scene.clock.advance(1000);
    }
    expect(await scene.phase(tender.id)).toBe('opening');
    expect(await found()).toEqual([]);
  });

  it('holds prices, file names, sizes and the seed once the bids are open: the search does find them', async () => {
    await release(scene, tender, PEOPLE.members.slice(1, 2));
    await scene.untilPhase(tender.id, 'evaluation');
    const shown = ['total price', 'unit price', 'price of an item', 'file name', 'size of the file', 'seed'];
    expect(await found()).toEqual(expect.arrayContaining(shown));
  });
});
