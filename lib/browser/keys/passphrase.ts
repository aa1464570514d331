import { armor, Decrypter, Encrypter } from 'age-encryption';
import { KeyError } from './key-error';
import type { PassphraseLock } from './passphrase-lock';

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

/** The lock for programs and tests, in the same thread. */
export const directLock: PassphraseLock = { encrypt: encryptWithPassphrase, decrypt: decryptWithPassphrase };
