import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bids, release, type SealedBid } from '../../support/bids';
import { driveTo, type Drive } from '../../support/drive';
import { PEOPLE } from '../../support/people';
import { startScene, type Scene } from '../../support/scene';

const FILE_TEXT = '%PDF-1.7 Our secret method is hydrodemolition with recycled abrasive, 17 days.';
const FILE_NAME = 'preisblatt-hydrodemolition-7731.pdf';
const UNIT_PRICE = '918.2736';

/** Base64 of bytes that stand at any place of a longer text: the parts that do not depend on their neighbours. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replaceAll('=', '');
    const inner = padded.slice(shift === 0 ? 0 : shift + 1, -2);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** The ways in which these bytes may lie somewhere: raw, UTF-16, hexadecimal in both cases, base64. */
function formsOf(bytes: Buffer): Buffer[] {
  const texts = [bytes.toString('hex'), bytes.toString('hex').toUpperCase(), ...base64Forms(bytes)];
  return [bytes, ...texts.map((text) => Buffer.from(text))];
}

function formsOfText(text: string): Buffer[] {
  const utf16 = Buffer.from(text, 'utf16le');
  return [...formsOf(Buffer.from(text)), ...formsOf(utf16), Buffer.from(utf16).swap16()];
}

describe('what the server holds before the opening', () => {
  let scene: Scene;
  let tender: Drive;
  let secret: SealedBid;
  let log = '';
  const written: string[] = [];
  const originals = { out: process.stdout.write, err: process.stderr.write };

  /** What the bid says, by what it is called in the failure. */
  const needles = (): Record<string, Buffer[]> => ({
    'total price': formsOfText(secret.total),
    'unit price': formsOfText(UNIT_PRICE),
    'price of an item': formsOfText('36730.94'),
    'file name': formsOfText(FILE_NAME),
    'words of the file': formsOfText('secret method is hydrodemolition'),
    'a number in the file': formsOfText('abrasive, 17 days'),
    seed: formsOf(Buffer.from(secret.seed)),
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

  async function storedFiles(): Promise<{ names: string; bytes: Buffer[] }> {
    const entries = await readdir(scene.test.env.STORAGE_DIR, { recursive: true, withFileTypes: true });
    const files = entries.filter((e) => e.isFile()).map((e) => path.join(e.parentPath, e.name));
    return { names: files.join('\n'), bytes: await Promise.all(files.map((file) => readFile(file))) };
  }

  /** What of the bid is found in all that the server holds. */
  async function found(): Promise<string[]> {
    const { names, bytes } = await storedFiles();
    expect(bytes.length).toBeGreaterThan(0);
    const everything = [
      await databaseDump(),
      await postgresLog(),
      Buffer.from(names),
      Buffer.from(log),
      Buffer.from(written.join('')),
      Buffer.from(JSON.stringify(scene.errors.map((e) => String(e.error)))),
      ...bytes,
    ];
    return Object.entries(needles()).flatMap(([what, forms]) =>
      forms.some((form) => everything.some((hay) => hay.includes(form))) ? [what] : [],
    );
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
    const files = [{ name: FILE_NAME, text: FILE_TEXT }];
    secret = await bids(scene, tender, first!, { unitPrice: UNIT_PRICE, files });
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

  it('holds prices, file names and the seed once the bids are open: the search does find them', async () => {
    await release(scene, tender, PEOPLE.members.slice(1, 2));
    await scene.untilPhase(tender.id, 'evaluation');
    expect(await found()).toEqual(
      expect.arrayContaining(['total price', 'unit price', 'price of an item', 'file name', 'seed']),
    );
  });
});
