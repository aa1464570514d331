import { KeyError } from './key-error';
import type { PassphraseLock } from './passphrase-lock';
import type { LockAnswer, LockRequest } from './passphrase-worker';

/** The lock for pages: every call has a worker of its own, which ends with it and takes the passphrase along. */
export const workerLock: PassphraseLock = {
  encrypt: (text, passphrase, logN) => ask({ kind: 'encrypt', text, passphrase, logN }),
  decrypt: (armored, passphrase) => ask({ kind: 'decrypt', armored, passphrase }),
};

function ask(request: LockRequest): Promise<string> {
  const worker = new Worker(new URL('./passphrase-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<string>((resolve, reject) => {
    worker.addEventListener('message', (event: MessageEvent<LockAnswer>) => {
      if (event.data.ok) resolve(event.data.text);
      else reject(new KeyError(event.data.code));
    });
    worker.addEventListener('error', () => reject(new Error('The key worker could not be started.')));
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
