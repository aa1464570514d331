import { fromHex, toHex } from '@/lib/record/hex';
import { canonicalText, parseStrict } from '@/lib/record/jcs';
import { hasKeys } from '@/lib/sealing/price-form';
import type { RecoveryContent } from '@/lib/sealing/recovery';
import { bidKeyPair, decodeRecovery } from '@/lib/sealing/recovery';
import { KeyError } from './key-error';
import type { PassphraseLock } from './passphrase-lock';
import { MIN_PASSPHRASE } from './passphrase-rule';
import { workFactor } from './work-factor';

/**
 * A bidder's recovery file: `age` is the armoured ciphertext of the recovery content. The rest tells files apart: `bidKey`
 * (Ed25519, 64 hex digits) and the hashes of the envelopes in the content's order.
 */
export interface RecoveryFile extends RecoveryLabel {
  readonly format: 'tenderproof-recovery-file/1';
  readonly age: string;
}

interface RecoveryLabel {
  readonly ocid: string;
  readonly bidKey: string;
  readonly envelopes: readonly string[];
}

/** Characters of the file: the longest content, encrypted and armoured. */
const MAX_FILE_LENGTH = 1_000_000;

function labelOf({ bidSecret, envelopes }: RecoveryContent): RecoveryLabel {
  return {
    ocid: envelopes[0]?.identity.ocid ?? '',
    bidKey: toHex(bidKeyPair(fromHex(bidSecret, 32)).publicKey),
    envelopes: envelopes.map(({ envelopeHash }) => envelopeHash),
  };
}

/** @param content text of `encodeRecovery` @throws KeyError `passphrase-short` */
export async function createRecoveryFile(
  content: string,
  passphrase: string,
  demonstration: boolean,
  lock: PassphraseLock,
): Promise<string> {
  if ([...passphrase].length < MIN_PASSPHRASE) throw new KeyError('passphrase-short');
  const label = labelOf(decodeRecovery(content));
  const age = await lock.encrypt(content, passphrase, workFactor(demonstration));
  const file: RecoveryFile = { format: 'tenderproof-recovery-file/1', ...label, age };
  return `${JSON.stringify(file, null, 2)}\n`;
}

const KEYS = ['format', 'ocid', 'bidKey', 'envelopes', 'age'] as const;

/** What a recovery file says of itself before it is opened. Only opening it shows whether that is true. @throws KeyError `not-a-recovery-file`, `file-damaged` */
export function readRecoveryFile(text: string): RecoveryFile {
  let value: unknown;
  try {
    value = parseStrict(text, { maxLength: MAX_FILE_LENGTH });
  } catch {
    throw new KeyError('not-a-recovery-file');
  }
  if (!hasKeys(value, KEYS) || value.format !== 'tenderproof-recovery-file/1') {
    throw new KeyError('not-a-recovery-file');
  }
  const { format, age, ocid, bidKey, envelopes } = value;
  const isText = (one: unknown): one is string => typeof one === 'string';
  if (
    !isText(age) ||
    !isText(ocid) ||
    !isText(bidKey) ||
    !Array.isArray(envelopes) ||
    !envelopes.every(isText)
  )
    throw new KeyError('file-damaged');
  return { format, ocid, bidKey, envelopes, age };
}

/** @throws KeyError `not-a-recovery-file`, `wrong-passphrase`, `file-damaged`; SealingError of `decodeRecovery` */
export async function openRecoveryFile(
  text: string,
  passphrase: string,
  lock: PassphraseLock,
): Promise<RecoveryContent> {
  const { age, ocid, bidKey, envelopes } = readRecoveryFile(text);
  const content = decodeRecovery(await lock.decrypt(age, passphrase));
  // What stands in the clear must not claim to be for another bid than the secret inside.
  if (canonicalText({ ocid, bidKey, envelopes }) !== canonicalText(labelOf(content))) {
    throw new KeyError('file-damaged');
  }
  return content;
}
