import { armor, Decrypter, Encrypter, webauthn } from 'age-encryption';
import { KeyError, type KeyErrorCode } from './key-error';
import type { PasskeyLock } from './passkey-lock';

/**
 * A passkey opens a file through the PRF extension of WebAuthn (W3C Web Authentication Level 3, §10.1.4): the
 * authenticator computes a secret from the passkey and the file's nonce, only here, and only after it has recognised
 * its owner. Age's recipient `fido2prf` does this. The passkey is made for this file alone: the registry never learns of
 * it, so nobody can sign in with it, and whoever can sign in can open nothing.
 * @param name what the device calls the passkey @param host the page's host name: another site's page cannot use it
 */
export function browserPasskey(name: string, host: string): PasskeyLock {
  return {
    encrypt: (text) =>
      sayingWhy(async () => {
        const identity = await webauthn.createCredential({ keyName: name, rpId: host });
        const encrypter = new Encrypter();
        encrypter.addRecipient(new webauthn.WebAuthnRecipient({ identity }));
        return { identity, age: armor.encode(await encrypter.encrypt(text)) };
      }),
    decrypt: ({ identity, age }) =>
      sayingWhy(() => {
        const decrypter = new Decrypter();
        decrypter.addIdentity(webauthnIdentity(identity));
        return decrypter.decrypt(decoded(age), 'text');
      }),
  };
}

function webauthnIdentity(identity: string): webauthn.WebAuthnIdentity {
  // Without a name, age would have the browser offer every passkey of this site, those for signing in too.
  if (identity === '') throw new KeyError('file-damaged');
  try {
    return new webauthn.WebAuthnIdentity({ identity });
  } catch {
    throw new KeyError('file-damaged');
  }
}

function decoded(age: string): Uint8Array {
  try {
    return armor.decode(age);
  } catch {
    throw new KeyError('file-damaged');
  }
}

/** What the browser throws (WebAuthn §5.1.3 and §5.1.4), as our codes. */
const REASONS: Readonly<Record<string, KeyErrorCode>> = {
  // Cancelled, timed out, or no such passkey on this device: the browser does not tell these apart, on purpose.
  NotAllowedError: 'passkey-refused',
  AbortError: 'passkey-refused',
  InvalidStateError: 'passkey-refused',
  // The file's passkey belongs to another site.
  SecurityError: 'passkey-other-site',
  NotSupportedError: 'passkey-unsupported',
  ConstraintError: 'passkey-unsupported',
};

async function sayingWhy<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof KeyError) throw error;
    const { name, message } = error instanceof Error ? error : new Error();
    if (message.startsWith('PRF extension not available')) throw new KeyError('passkey-unsupported');
    throw new KeyError(REASONS[name] ?? 'file-damaged');
  }
}

/** `unknown`: this browser does not say; only trying will tell. */
export type PasskeyCapability = 'available' | 'unknown' | 'absent';

/** Whether this page in this browser can protect a file by a passkey; which authenticators can, only using one tells. */
export async function passkeyCapability(host: string): Promise<PasskeyCapability> {
  // WebAuthn is bound to names: a page at a bare address has none.
  const named = !/^[\d.]+$|^\[/.test(host);
  if (!named || !globalThis.isSecureContext || typeof PublicKeyCredential === 'undefined') return 'absent';
  // Newer than some browsers that have PRF.
  if (!('getClientCapabilities' in PublicKeyCredential)) return 'unknown';
  const capabilities = await PublicKeyCredential.getClientCapabilities().catch(() => ({}) as Capabilities);
  const prf = capabilities['extension:prf'];
  if (prf === undefined) return 'unknown';
  return prf ? 'available' : 'absent';
}

type Capabilities = Readonly<Record<string, boolean | undefined>>;
