import { KeyError } from './key-error';
import { decryptWithPassphrase, encryptWithPassphrase } from './passphrase';

/** scrypt takes seconds: here it does not freeze the page. One request, one answer. */
export type LockRequest =
  | { readonly kind: 'encrypt'; readonly text: string; readonly passphrase: string; readonly logN: number }
  | { readonly kind: 'decrypt'; readonly armored: string; readonly passphrase: string };

export type LockAnswer =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly code: 'wrong-passphrase' | 'file-damaged' };

async function answer(request: LockRequest): Promise<LockAnswer> {
  try {
    const text =
      request.kind === 'encrypt'
        ? await encryptWithPassphrase(request.text, request.passphrase, request.logN)
        : await decryptWithPassphrase(request.armored, request.passphrase);
    return { ok: true, text };
  } catch (error) {
    const wrong = error instanceof KeyError && error.code === 'wrong-passphrase';
    return { ok: false, code: wrong ? 'wrong-passphrase' : 'file-damaged' };
  }
}

globalThis.addEventListener('message', (event: MessageEvent<LockRequest>) => {
  void answer(event.data).then((result) => globalThis.postMessage(result));
});
