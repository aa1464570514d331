import { createHash, randomBytes, randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { FileStore } from '@tus/file-store';
import * as z from 'zod';
import type { World } from './world';

/*
 * Uploads that come in pieces, on disk only: a server that restarts, or another one on the same disk, goes on where the
 * last piece ended. Each person has a folder, so that the identifier of another's upload leads nowhere.
 */

/** An upload that has begun. */
export interface PartialUpload {
  id: string;
  tenderId: string;
  /** For which organization its person acted. */
  organization: string;
  /** When it began, by the registry's clock; RFC 3339. */
  since: string;
  /** Announced length in bytes. */
  size: number;
  /** Bytes that are here. */
  offset: number;
  /** Row of `uploads` that it has become, its bytes then being in the storage; null before. */
  upload: string | null;
}

type Place = { world: World; person: string };

/** What the tus store writes beside the bytes; `metadata` is ours alone, nothing of the client's is kept. */
const stateSchema = z.object({
  id: z.string(),
  size: z.int().min(0),
  metadata: z.object({
    tender: z.string(),
    organization: z.string(),
    since: z.string(),
    upload: z.string().optional(),
  }),
});

/** 32 random bytes in base64url: not to be guessed, and a file name without any path in it. */
const ID = /^[A-Za-z0-9_-]{43}$/;

export const newPartialId = () => randomBytes(32).toString('base64url');

export const partialRoot = ({ env }: World) => path.join(path.resolve(env.STORAGE_DIR), 'partial');

/** The folder of one person; its name tells nothing. */
function folderOf({ world, person }: Place): string {
  const name = createHash('sha256').update(`tenderproof-partial:${person}`).digest('hex').slice(0, 32);
  return path.join(partialRoot(world), name);
}

/** Where the bytes of an upload lie. @throws for what is no identifier of ours */
export function partialFile(place: Place, id: string): string {
  if (!ID.test(id)) throw new Error('Not the identifier of an upload');
  return path.join(folderOf(place), id);
}

/** The tus store over one person's folder. */
export async function partialStore(place: Place): Promise<FileStore> {
  const directory = folderOf(place);
  // The store makes it too, but throws where nobody could catch it.
  await fs.mkdir(directory, { recursive: true });
  return new FileStore({ directory });
}

const absent = (error: unknown): null => {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
};

/** One's own upload; null for any other identifier, and for one whose state a crash has left unreadable. */
export async function readPartial(place: Place, id: string): Promise<PartialUpload | null> {
  if (!ID.test(id)) return null;
  const file = partialFile(place, id);
  const text = await fs.readFile(`${file}.json`, 'utf8').catch(absent);
  const state = text === null ? null : parseState(text);
  if (!state) return null;
  const { tender, organization, since, upload = null } = state.metadata;
  const bytes = upload === null ? await fs.stat(file).catch(absent) : null;
  if (upload === null && bytes === null) return null;
  const offset = bytes?.size ?? state.size;
  return { id, tenderId: tender, organization, since, size: state.size, offset, upload };
}

function parseState(text: string): z.output<typeof stateSchema> | null {
  try {
    return stateSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** What the tus store is to keep as metadata. */
export const stateOf = (tenderId: string, organization: string, now: number) => ({
  tender: tenderId,
  organization,
  since: new Date(now).toISOString(),
});

/** Notes what an upload has become, then lets its bytes go: whoever asks again gets the same answer. */
export async function concludePartial(place: Place, partial: PartialUpload, upload: string): Promise<void> {
  const file = partialFile(place, partial.id);
  const { id, size, tenderId, organization, since } = partial;
  const state = { id, size, metadata: { tender: tenderId, organization, since, upload } };
  const temporary = `${file}.${randomUUID()}.tmp`;
  await fs.writeFile(temporary, JSON.stringify(state), { flush: true });
  await fs.rename(temporary, `${file}.json`);
  await fs.rm(file, { force: true });
}

export async function removePartial(place: Place, id: string): Promise<void> {
  const file = partialFile(place, id);
  await fs.rm(file, { force: true });
  await fs.rm(`${file}.json`, { force: true });
}

/**
 * Makes room for one more upload of this person for this tender: at most `most` unfinished ones stay, the most recently
 * touched. Every sealing gives another envelope, so what was left behind must not keep its owner from bidding.
 */
export async function makeRoom(place: Place, tenderId: string, most: number): Promise<void> {
  const names = (await fs.readdir(folderOf(place)).catch(absent)) ?? [];
  const own = await Promise.all(names.filter((name) => ID.test(name)).map((id) => readPartial(place, id)));
  const open = own.filter((p) => p?.tenderId === tenderId && p.upload === null).map((p) => p?.id ?? '');
  const touched = await Promise.all(
    open.map(async (id) => ({ id, at: (await fs.stat(partialFile(place, id)).catch(absent))?.mtimeMs ?? 0 })),
  );
  const surplus = touched.toSorted((a, b) => b.at - a.at).slice(most - 1);
  for (const { id } of surplus) await removePartial(place, id);
}

/**
 * Since when a file of such a folder has been there, in milliseconds: by its upload's state, else, where a crash left it
 * without one, since it was last touched.
 */
export async function partialSince(file: string): Promise<number> {
  const text = await fs.readFile(file.endsWith('.json') ? file : `${file}.json`, 'utf8').catch(absent);
  const state = text === null ? null : parseState(text);
  if (state) return Date.parse(state.metadata.since);
  return (await fs.stat(file).catch(absent))?.mtimeMs ?? Infinity;
}
