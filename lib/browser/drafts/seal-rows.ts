import type { Bytes } from '@/lib/sealing/bytes';
import { utf8 } from '@/lib/sealing/bytes';
import type { Sealed } from './database';
import { DraftError } from './draft-error';

/**
 * What encryption of drafts protects against, and what not. The key is a CryptoKey that no script can read out, kept in
 * this browser's database beside the draft. The files of the browser's profile thus hold no price and no document in
 * readable form: somebody who copies single files, searches a disk, or finds a backup of the drafts' part alone learns
 * nothing. It does NOT stop a person who uses the same account of the computer, or who copies the whole profile and
 * starts a browser with it: the key is in there too, and the page would show the draft to him. Nor does it stop a
 * script of this site. The safe form is the exported file, behind a passphrase that is stored nowhere.
 */
export function newDraftKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/**
 * Encrypts under a random nonce: a draft of 4 GiB, saved a million times, stays far below the 2^32 messages that random
 * nonces allow one key (NIST SP 800-38D §8.3).
 * @param label where the bytes belong; they cannot be read as those of another place
 */
export async function sealRow(key: CryptoKey, bytes: Bytes, label: string): Promise<Sealed> {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: utf8(label) };
  return { nonce, data: await crypto.subtle.encrypt(algorithm, key, bytes) };
}

/** @throws DraftError `draft-damaged` */
export async function openRow(key: CryptoKey, { nonce, data }: Sealed, label: string): Promise<Bytes> {
  try {
    const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: utf8(label) };
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, data));
  } catch {
    throw new DraftError('draft-damaged');
  }
}

export const contentLabel = (draft: string) => `tenderproof draft ${draft}`;
export const chunkLabel = (draft: string, file: string, at: number) =>
  `tenderproof draft ${draft} file ${file} chunk ${at}`;
