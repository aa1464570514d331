import { regroup } from '@/lib/sealing/bytes';

/** Pieces are gathered before they become a Blob, which browsers then move to disk. */
const GROUP = 16 * 1024 * 1024;

/** A stream as one Blob: for what is encrypted, since large ones are written to the disk. */
export async function gatherBlob(pieces: AsyncIterable<Uint8Array>): Promise<Blob> {
  const groups: Blob[] = [];
  for await (const group of regroup(pieces, GROUP)) groups.push(new Blob([group]));
  return new Blob(groups, { type: 'application/octet-stream' });
}
