import { parseStrict } from '@/lib/record/jcs';
import { hasKeys } from '@/lib/sealing/price-form';
import type { RecoveryContent } from '@/lib/sealing/recovery';
import { decodeRecovery } from '@/lib/sealing/recovery';
import { KeyError } from './key-error';
import type { PassphraseLock } from './passphrase-lock';
import { MIN_PASSPHRASE } from './passphrase-rule';
import { workFactor } from './work-factor';

/** A bidder's recovery file: `age` is the armoured ciphertext of the recovery content. The rest tells files apart. */
export interface RecoveryFile {
  readonly format: 'tenderproof-recovery-file/1';
  readonly ocid: string;
  readonly envelopeHash: string;
  readonly age: string;
}

/** @param content text of `encodeRecovery` @throws KeyError `passphrase-short` */
export async function createRecoveryFile(
  content: string,
  passphrase: string,
  demonstration: boolean,
  lock: PassphraseLock,
): Promise<string> {
  if ([...passphrase].length < MIN_PASSPHRASE) throw new KeyError('passphrase-short');
  const { identity, envelopeHash } = decodeRecovery(content);
  const age = await lock.encrypt(content, passphrase, workFactor(demonstration));
  const format = 'tenderproof-recovery-file/1' as const;
  const file: RecoveryFile = { format, ocid: identity.ocid, envelopeHash, age };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** @throws KeyError `not-a-recovery-file`, `wrong-passphrase`, `file-damaged`; SealingError `recovery-shape` */
export async function openRecoveryFile(
  text: string,
  passphrase: string,
  lock: PassphraseLock,
): Promise<RecoveryContent> {
  let value: unknown;
  try {
    value = parseStrict(text, { maxLength: 40_000 });
  } catch {
    throw new KeyError('not-a-recovery-file');
  }
  const keys = ['format', 'ocid', 'envelopeHash', 'age'] as const;
  if (!hasKeys(value, keys) || value.format !== 'tenderproof-recovery-file/1') {
    throw new KeyError('not-a-recovery-file');
  }
  if (typeof value.age !== 'string') throw new KeyError('file-damaged');
  const content = decodeRecovery(await lock.decrypt(value.age, passphrase));
  // What stands in the clear must not claim to be for another bid than the secret inside.
  if (content.identity.ocid !== value.ocid || content.envelopeHash !== value.envelopeHash) {
    throw new KeyError('file-damaged');
  }
  return content;
}
