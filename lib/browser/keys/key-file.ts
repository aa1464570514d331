import { fromHex, isHex, toHex } from '@/lib/record/hex';
import { canonicalText, parseStrict } from '@/lib/record/jcs';
import { hasKeys } from '@/lib/sealing/price-form';
import { KeyError } from './key-error';
import { OpenedKey } from './opened-key';
import type { PasskeyLock } from './passkey-lock';
import type { PassphraseLock } from './passphrase-lock';
import { MIN_PASSPHRASE } from './passphrase-rule';
import { workFactor } from './work-factor';

/**
 * One way to open a key file: `age` is the armoured ciphertext of `{"seed": "<64 hex>"}`. `identity` is age's name of a
 * passkey; it holds no secret. Age forbids a passphrase beside other recipients, hence a ciphertext for each way.
 */
export type Protection =
  | { readonly kind: 'passphrase'; readonly age: string }
  | { readonly kind: 'passkey'; readonly identity: string; readonly age: string };
export type ProtectionKind = Protection['kind'];

/**
 * A member's key file. `publicKey` (Ed25519, 64 hex digits) stands in the clear so that people can tell their files
 * apart. Every protection opens the whole file by itself; there is at most one of each kind.
 */
export interface KeyFile {
  readonly format: 'tenderproof-keyfile/2';
  readonly demonstration: boolean;
  readonly publicKey: string;
  readonly protections: readonly Protection[];
}

/** Locks the content of a key file in one way. */
export type Guard = (content: string) => Promise<Protection>;

/** @throws KeyError `passphrase-short` */
export function guardByPassphrase(passphrase: string, demonstration: boolean, lock: PassphraseLock): Guard {
  return async (content) => {
    if ([...passphrase].length < MIN_PASSPHRASE) throw new KeyError('passphrase-short');
    return { kind: 'passphrase', age: await lock.encrypt(content, passphrase, workFactor(demonstration)) };
  };
}

/** @throws KeyError `passkey-…` */
export function guardByPasskey(lock: PasskeyLock): Guard {
  return async (content) => ({ kind: 'passkey', ...(await lock.encrypt(content)) });
}

/** @param seed 32 fresh random bytes @param guards at least one, of different kinds */
export async function createKeyFile(
  seed: Uint8Array,
  guards: readonly [Guard, ...Guard[]],
  demonstration: boolean,
): Promise<{ text: string; key: OpenedKey }> {
  const key = new OpenedKey(seed, demonstration);
  const content = canonicalText({ seed: toHex(seed) });
  const protections: Protection[] = [];
  // One after another: two may want to ask the person something.
  for (const guard of guards) protections.push(await guard(content));
  const { publicKey } = key;
  const file: KeyFile = { format: 'tenderproof-keyfile/2', demonstration, publicKey, protections };
  return { text: `${JSON.stringify(file, null, 2)}\n`, key };
}

/** @throws KeyError `not-a-key-file`, `file-damaged` */
export function parseKeyFile(text: string): KeyFile {
  const value = parseFileText(text);
  const format = 'tenderproof-keyfile/2' as const;
  // Version 1 knew the passphrase only, and had its ciphertext where version 2 has the list.
  const old = hasKeys(value, ['format', 'demonstration', 'publicKey', 'age']);
  if (old && value.format === 'tenderproof-keyfile/1') {
    const { demonstration, publicKey, age } = value;
    return checked({ format, demonstration, publicKey, protections: [{ kind: 'passphrase', age }] });
  }
  const keys = ['format', 'demonstration', 'publicKey', 'protections'] as const;
  if (!hasKeys(value, keys) || value.format !== format) throw new KeyError('not-a-key-file');
  const { demonstration, publicKey, protections } = value;
  return checked({ format, demonstration, publicKey, protections });
}

function parseFileText(text: string): unknown {
  try {
    return parseStrict(text, { maxLength: 20_000 });
  } catch {
    throw new KeyError('not-a-key-file');
  }
}

function checked(file: Record<keyof KeyFile, unknown> & Pick<KeyFile, 'format'>): KeyFile {
  const { format, demonstration, publicKey, protections } = file;
  const wellFormed =
    typeof demonstration === 'boolean' &&
    typeof publicKey === 'string' &&
    isHex(publicKey, 32) &&
    Array.isArray(protections) &&
    protections.every(isProtection);
  const kinds = wellFormed ? protections.map(({ kind }) => kind) : [];
  if (!wellFormed || kinds.length === 0 || new Set(kinds).size < kinds.length)
    throw new KeyError('file-damaged');
  return { format, demonstration, publicKey, protections };
}

function isProtection(value: unknown): value is Protection {
  if (hasKeys(value, ['kind', 'age'])) return value.kind === 'passphrase' && typeof value.age === 'string';
  if (!hasKeys(value, ['kind', 'identity', 'age'])) return false;
  return value.kind === 'passkey' && typeof value.identity === 'string' && typeof value.age === 'string';
}

type ProtectionOf<K extends ProtectionKind> = Extract<Protection, { kind: K }>;

/** The protection of one kind, or undefined when the file has none of it. */
export function protectionOf<K extends ProtectionKind>(file: KeyFile, kind: K): ProtectionOf<K> | undefined {
  return file.protections.find((p): p is ProtectionOf<K> => p.kind === kind);
}

/** @throws KeyError `wrong-passphrase`, `file-damaged` (also when the public key is not the seed's) */
export async function openKeyFile(
  file: KeyFile,
  passphrase: string,
  lock: PassphraseLock,
): Promise<OpenedKey> {
  const protection = protectionOf(file, 'passphrase');
  if (protection === undefined) throw new KeyError('no-passphrase');
  return openContent(file, await lock.decrypt(protection.age, passphrase));
}

/** @throws KeyError `passkey-…`, `file-damaged` */
export async function openKeyFileByPasskey(file: KeyFile, lock: PasskeyLock): Promise<OpenedKey> {
  const protection = protectionOf(file, 'passkey');
  if (protection === undefined) throw new KeyError('no-passkey');
  return openContent(file, await lock.decrypt(protection));
}

function openContent(file: KeyFile, text: string): OpenedKey {
  const content = parseContent(text);
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
