import fs from 'node:fs/promises';
import path from 'node:path';
import type { ProgramName } from '@/lib/record/programs';
import { logger } from '../log';
import { PROGRAM_FILES } from '../programs';
import { world } from '../world';

/** A program in one file as this server gives it out. */
export interface ProgramOffer {
  /** SHA-256, 64 hex digits. */
  readonly digest: string;
  /** The newest record in the log that published this very file; null when there is none (yet). */
  readonly published: { readonly recordId: string; /** RFC 3339. */ readonly time: string } | null;
}

/** What there is to say of a program that is offered for download; null where it was not built. */
export async function readProgram(name: ProgramName): Promise<ProgramOffer | null> {
  const digest = await digestOf(PROGRAM_FILES[name]);
  if (digest === null) return null;
  // The file is offered all the same while the database is away.
  const published = await publishedAs(name, digest).catch((error: unknown) => {
    logger().warn({ err: error }, 'the record of a program could not be looked up');
    return null;
  });
  return { digest, published };
}

/** The build writes it beside the file, in the form of `sha256sum`. */
async function digestOf(name: string): Promise<string | null> {
  try {
    const text = await fs.readFile(path.join(process.cwd(), 'public', `${name}.sha256`), 'utf8');
    return /^[0-9a-f]{64}(?= )/.exec(text)?.[0] ?? null;
  } catch {
    return null;
  }
}

/** In the log, since nothing can be checked before. */
async function publishedAs(name: ProgramName, digest: string): Promise<ProgramOffer['published']> {
  const [row] = await world().db.$queryRaw<{ id: string; time: Date }[]>`
    SELECT r.id, r.time FROM records r
      JOIN entries e ON e."recordId" = r.id
      JOIN record_documents d ON d."recordId" = r.id
      JOIN log_leaves l ON l.commitment = r.commitment
     WHERE r.type = 'program-published' AND e.text::jsonb #>> '{record,data,name}' = ${name} AND d.sha256 = ${digest}
     ORDER BY r.filing DESC LIMIT 1`;
  return row ? { recordId: row.id, time: row.time.toISOString() } : null;
}
