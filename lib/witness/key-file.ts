import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { ed25519 } from '@noble/curves/ed25519.js';
import * as z from 'zod';
import { witnessKey, type WitnessKey } from '@/lib/merkle/cosignature';
import { isKeyName } from '@/lib/merkle/verifier-key';
import { fromHex } from '@/lib/record/hex';
import { createFile, readIfThere } from './files';

export interface WitnessIdentity {
  readonly key: WitnessKey;
  /** Ed25519, 32 bytes. */
  readonly seed: Uint8Array;
}

// The name stands beside the seed: under another name the same key would be another witness without anybody noticing.
const schema = z.strictObject({
  format: z.literal('tenderproof-witness-key/1'),
  name: z.string().refine(isKeyName),
  seed: z.string().regex(/^[0-9a-f]{64}$/),
});

function parse(text: string): z.output<typeof schema> | null {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * Reads the witness's key, and makes it at the first run, readable by its owner only.
 * @param name the witness's name; null: the one in the file.
 * @throws Error that says what to do
 */
export async function openKeyFile(file: string, name: string | null): Promise<WitnessIdentity> {
  if ((await readIfThere(file)) === null) {
    if (name === null) throw new Error(`There is no key in ${file}: give --name to make one.`);
    if (!isKeyName(name))
      throw new Error(
        '--name takes a name such as witness.example.org/w1: no spaces, no +, at most 200 letters.',
      );
    await fs.mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const made = { format: 'tenderproof-witness-key/1', name, seed: randomBytes(32).toString('hex') };
    // Of two first runs at once one makes the key, and both read the same.
    await createFile(file, `${JSON.stringify(made, null, 2)}\n`, 0o600);
  }
  const { mode } = await fs.stat(file);
  if ((mode & 0o077) !== 0)
    throw new Error(`Others can read the key in ${file}: run chmod 600 ${file} first.`);
  const stored = parse((await readIfThere(file)) ?? '');
  if (!stored) throw new Error(`${file} holds no witness key: name another file, or bring the key back.`);
  if (name !== null && name !== stored.name)
    throw new Error(`The key in ${file} belongs to ${stored.name}: leave --name out, or name another file.`);
  const seed = fromHex(stored.seed, 32);
  return { key: witnessKey(stored.name, ed25519.getPublicKey(seed)), seed };
}
