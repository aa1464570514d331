// The floor of sealing and opening: AES-256-GCM by WebCrypto over chunks of 1 MiB, one after another, and nothing else.
// The same in Node and in a browser.

const CHUNK = 1024 * 1024;

const algorithm = (counter: number) => {
  const iv = new Uint8Array(12);
  new DataView(iv.buffer).setUint32(8, counter);
  return { name: 'AES-GCM', iv };
};

const freshKey = () =>
  globalThis.crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

function randomChunk(): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(CHUNK);
  // getRandomValues fills at most 64 KiB at once.
  for (let at = 0; at < CHUNK; at += 65_536)
    globalThis.crypto.getRandomValues(chunk.subarray(at, at + 65_536));
  return chunk;
}

/** @returns milliseconds for `bytes`, rounded up to whole chunks */
export async function bareEncryption(bytes: number): Promise<number> {
  const key = await freshKey();
  const chunk = randomChunk();
  const began = performance.now();
  for (let j = 0; j * CHUNK < bytes; j += 1) await globalThis.crypto.subtle.encrypt(algorithm(j), key, chunk);
  return performance.now() - began;
}

/** @returns milliseconds for `bytes`, rounded up to whole chunks */
export async function bareDecryption(bytes: number): Promise<number> {
  const key = await freshKey();
  const sealed = await globalThis.crypto.subtle.encrypt(algorithm(0), key, randomChunk());
  const began = performance.now();
  for (let j = 0; j * CHUNK < bytes; j += 1)
    await globalThis.crypto.subtle.decrypt(algorithm(0), key, sealed);
  return performance.now() - began;
}
