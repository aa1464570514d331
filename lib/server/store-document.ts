import { uuidv7 } from './ids';
import type { World } from './world';

/** Puts a file that the registry made itself into the store, as an upload of `personId`. */
export async function storeDocument(
  world: World,
  file: { tenderId: string; personId: string; name: string; mediaType: string; bytes: Uint8Array },
): Promise<{ id: string; sha256: string }> {
  async function* once() {
    yield file.bytes;
  }
  const stored = await world.storage.put(once(), file.bytes.length);
  const now = world.clock.now();
  const { tenderId, personId, name, mediaType } = file;
  const upload = await world.db.upload.create({
    data: {
      id: uuidv7(now),
      kind: 'document',
      tenderId,
      personId,
      name,
      mediaType,
      size: BigInt(stored.size),
      sha256: stored.sha256,
      storageKey: stored.key,
      createdAt: new Date(now),
    },
  });
  return { id: upload.id, sha256: upload.sha256 };
}
