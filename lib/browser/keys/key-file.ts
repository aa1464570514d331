import { fromHex, isHex, toHex } from '@/lib/record/hex';
import { canonicalText, parseStrict } from '@/lib/record/jcs';
import { hasKeys } from '@/lib/sealing/price-form';
import { KeyError } from './key-error';
import { OpenedKey } from './opened-key';
import type { PassphraseLock } from './passphrase-lock';
import { MIN_PASSPHRASE } from './passphrase-rule';
import { workFactor } from './work-factor';

/**
 * A member's key file. `publicKey` (Ed25519, 64 hex digits) stands in the clear so that people can tell their files
 * apart; `age` is the armoured ciphertext of `{"seed": "<64 hex>"}`.
 */
export interface KeyFile {
  readonly format: 'tenderproof-keyfile/1';
  readonly demonstration: boolean;
  readonly publicKey: string;
  readonly age: string;
}

/** @param seed 32 fresh random bytes @throws KeyError `passphrase-short` */
export async function createKeyFile(
  seed: Uint8Array,
  passphrase: string,
  demonstration: boolean,
  lock: PassphraseLock,
): Promise<{ text: string; key: OpenedKey }> {
  if ([...passphrase].length < MIN_PASSPHRASE) throw new KeyError('passphrase-short');
  const key = new OpenedKey(seed, demonstration);
  const age = await lock.encrypt(canonicalText({ seed: toHex(seed) }), passphrase, workFactor(demonstration));
  const file: KeyFile = { format: 'tenderproof-keyfile/1', demonstration, publicKey: key.publicKey, age };
  return { text: `${JSON.stringify(file, null, 2)}\n`, key };
}

/** @throws KeyError `not-a-key-file`, `file-damaged` */
export function parseKeyFile(text: string): KeyFile {
  let value: unknown;
  try {
    value = parseStrict(text, { maxLength: 20_000 });
  } catch {
    throw new KeyError('not-a-key-file');
  }
  const keys = ['format', 'demonstration', 'publicKey', 'age'] as const;
  if (!hasKeys(value, keys) || value.format !== 'tenderproof-keyfile/1') throw new KeyError('not-a-key-file');
  const { demonstration, publicKey, age } = value;
  const wellFormed = typeof publicKey === 'string' && isHex(publicKey, 32) && typeof age === 'string';
  if (!wellFormed || typeof demonstration !== 'boolean') throw new KeyError('file-damaged');
  return { format: 'tenderproof-keyfile/1', demonstration, publicKey, age };
}

/** @throws KeyError `wrong-passphrase`, `file-damaged` (also when the public key is not the seed's) */
export async function openKeyFile(
  file: KeyFile,
  passphrase: string,
  lock: PassphraseLock,
): Promise<OpenedKey> {
  const content: unknown = parseContent(await lock.decrypt(file.age, passphrase));
  if (!hasKeys(content, ['seed']) || typeof content.seed !== 'string' || !isHex(content.seed, 32)) {
    throw new KeyError('file-damaged');
  }
  const key = new OpenedKey(fromHex(content.seed), file.demonstration);
  if (key.publicKey !== file.publicKey) throw new KeyError('file-damaged');
  return key;
}

function parseContent(text: string): unknown {
  try {
    return parseStrict(text, { maxLength: 1000 });
  } catch {
    throw new KeyError('file-damaged');
  }
}
