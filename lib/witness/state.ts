import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { parseCheckpoint, type SignedCheckpoint } from '@/lib/merkle/checkpoint';
import { verifyCosignatures, type WitnessKey } from '@/lib/merkle/cosignature';
import { createFile, readIfThere, replaceFile } from './files';

// What a witness remembers: for each log one file, the last checkpoint that it cosigned, with its own line at the end. It
// is what the monitoring address serves, and its own signature shows at the next start that nobody changed it.

export interface WitnessState {
  /** The last cosigned note, with this witness's line; null when this log was never cosigned. */
  load(origin: string): Promise<{ note: string; checkpoint: SignedCheckpoint } | null>;
  /** Returns once the note is on the disk. */
  save(origin: string, note: string): Promise<void>;
  /** Keeps a signed note that contradicts what was cosigned: the log's own signature convicts it. The first one stays. */
  keepContradiction(origin: string, note: string): Promise<void>;
}

/** How tlog-witness names a log in an address: SHA-256 of its origin, in hexadecimal. */
export const originHash = (origin: string): string => createHash('sha256').update(origin).digest('hex');

/** @throws Error when the folder cannot be written */
export async function openState(folder: string, key: WitnessKey): Promise<WitnessState> {
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  const fileOf = (origin: string) => path.join(folder, `${originHash(origin)}.checkpoint`);
  return {
    async load(origin) {
      const file = fileOf(origin);
      const note = await readIfThere(file);
      if (note === null) return null;
      const checkpoint = parseCheckpoint(note);
      const outcome = checkpoint && verifyCosignatures(checkpoint, [key]);
      // Beginning anew instead would let the log show this witness another history.
      if (!checkpoint || !outcome?.ok || outcome.cosignatures.length === 0 || checkpoint.origin !== origin)
        throw new Error(
          `${file} is damaged or another witness's: bring it back from a copy, or choose a new key.`,
        );
      return { note, checkpoint };
    },
    save: (origin, note) => replaceFile(fileOf(origin), note),
    async keepContradiction(origin, note) {
      await createFile(path.join(folder, `${originHash(origin)}.contradiction`), note);
    },
  };
}
