/** How secrets are locked to a passkey: by the browser's authenticators, or by a stand-in in tests. */
export interface PasskeyLock {
  /** Makes a new passkey and locks the text to it. `identity` names the passkey and holds no secret. */
  encrypt(text: string): Promise<{ identity: string; age: string }>;
  decrypt(locked: { readonly identity: string; readonly age: string }): Promise<string>;
}
