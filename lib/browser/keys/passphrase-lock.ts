/** How secrets are locked and unlocked; the pages do it in a worker, programs directly. */
export interface PassphraseLock {
  encrypt(text: string, passphrase: string, logN: number): Promise<string>;
  decrypt(armored: string, passphrase: string): Promise<string>;
}
