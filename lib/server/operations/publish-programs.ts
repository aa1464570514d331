import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { operatorActor } from '@/lib/procedure/roles';
import { PROGRAMS, type ProgramName } from '@/lib/record/programs';
import { fileRecords } from '../file-records';
import type { Tx } from '../load-process';
import { PROGRAM_FILES } from '../programs';
import type { World } from '../world';

/** Of the transaction that publishes: several workers may start at the same moment. */
const PUBLISHING_LOCK = 7_310;

/** A program as it was built. */
export interface BuiltProgram {
  name: ProgramName;
  /** Of the product, by its package.json. */
  version: string;
  bytes: Uint8Array;
}

/**
 * The programs that lie in `public/` of `root`; one that was not built is left out.
 * @throws when the product's version cannot be read
 */
export async function builtPrograms(root = process.cwd()): Promise<BuiltProgram[]> {
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  const found = await Promise.all(
    PROGRAMS.map(async (name) => {
      const bytes = await readFile(path.join(root, 'public', PROGRAM_FILES[name])).catch(missing);
      return bytes === null ? [] : [{ name, version, bytes }];
    }),
  );
  return found.flat();
}

function missing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Digest of the newest published version of a program; null when there is none. */
async function newest(tx: Tx, name: ProgramName): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ sha256: string }[]>`
    SELECT d.sha256 FROM records r
      JOIN entries e ON e."recordId" = r.id
      JOIN record_documents d ON d."recordId" = r.id
     WHERE r.type = 'program-published' AND e.text::jsonb #>> '{record,data,name}' = ${name}
     ORDER BY r.filing DESC LIMIT 1`;
  return row?.sha256 ?? null;
}

const lock = (tx: Tx) => tx.$executeRaw`SELECT pg_advisory_xact_lock(${PUBLISHING_LOCK}::bigint)`;

/**
 * Publishes a program in the log, unless its newest published version is this very file: the bytes into the storage, and
 * a record of the registry itself that names them. An older version that is served again is published again: the newest
 * record says what the registry gives out.
 * @returns id of the record; null when there was nothing to publish
 */
export async function publishProgram(world: World, program: BuiltProgram): Promise<string | null> {
  const { name, bytes } = program;
  const digest = sha256(bytes);
  if ((await newest(world.db, name)) === digest) return null;
  const id = randomUUID();
  // Before the transaction: nothing of the database waits for the disk.
  const { key } = await world.storage.put(once(bytes), bytes.length);
  try {
    return await world.db.$transaction(async (tx) => {
      await lock(tx);
      // Under the lock again: another worker may have been faster.
      if ((await newest(tx, name)) === digest) return null;
      const place = { actor: operatorActor(world.env.REGISTRY_ORIGIN), now: world.clock.now() };
      const stored = new Map([[id, key]]);
      const [receipt] = await fileRecords(tx, world, [draftOf(program, { id, digest })], {
        ...place,
        stored,
      });
      return receipt?.recordId ?? null;
    });
  } finally {
    await removeUnfiled(world, id, key);
  }
}

/**
 * Removes what was stored in vain. A transaction that failed may have been committed all the same, and a row without a
 * file would be a broken promise: so the lock is waited for, which goes with the transaction, and then the row decides.
 */
async function removeUnfiled(world: World, id: string, key: string): Promise<void> {
  const rows = await world.db.$transaction(async (tx) => {
    await lock(tx);
    return tx.recordDocument.count({ where: { id } });
  });
  if (rows === 0) await world.storage.remove(key);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const draftOf = ({ name, version, bytes }: BuiltProgram, { id, digest }: { id: string; digest: string }) => ({
  type: 'program-published' as const,
  role: 'operator' as const,
  documents: [
    {
      ...{ id, title: PROGRAM_FILES[name], mediaType: 'text/html' },
      // It speaks all languages of the product.
      ...{ size: bytes.length, sha256: digest, language: 'mul' },
    },
  ],
  data: { name, version },
});
