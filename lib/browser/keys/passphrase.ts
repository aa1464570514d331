import { armor, Decrypter, Encrypter } from 'age-encryption';
import { KeyError } from './key-error';

/** Characters, counted by code points: the passphrase is all that stands between a stolen file and its content. */
export const MIN_PASSPHRASE = 12;

/**
 * Base-2 logarithm of age's scrypt cost. 18 takes seconds and 256 MB, which is the point. Demonstration keys protect
 * nothing and must open at once, on any machine.
 */
export function workFactor(demonstration: boolean): number {
  return demonstration ? 12 : 18;
}

/** Encrypts with a passphrase by age (scrypt recipient); gives the armoured text. */
export async function encryptWithPassphrase(text: string, passphrase: string, logN: number): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(normalize(passphrase));
  encrypter.setScryptWorkFactor(logN);
  return armor.encode(await encrypter.encrypt(text));
}

/** @throws KeyError `file-damaged` when it is not age, `wrong-passphrase` otherwise: age cannot tell more. */
export async function decryptWithPassphrase(armored: string, passphrase: string): Promise<string> {
  let file: Uint8Array;
  try {
    file = armor.decode(armored);
  } catch {
    throw new KeyError('file-damaged');
  }
  const decrypter = new Decrypter();
  decrypter.addPassphrase(normalize(passphrase));
  try {
    return await decrypter.decrypt(file, 'text');
  } catch {
    throw new KeyError('wrong-passphrase');
  }
}

/** The same characters typed on another keyboard must open the file. */
function normalize(passphrase: string): string {
  return passphrase.normalize('NFC');
}

/** How secrets are locked and unlocked; the pages do it in a worker, programs directly. */
export interface PassphraseLock {
  encrypt(text: string, passphrase: string, logN: number): Promise<string>;
  decrypt(armored: string, passphrase: string): Promise<string>;
}

export const directLock: PassphraseLock = { encrypt: encryptWithPassphrase, decrypt: decryptWithPassphrase };
