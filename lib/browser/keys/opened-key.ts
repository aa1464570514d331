import { toHex } from '@/lib/record/hex';
import { parseStrict } from '@/lib/record/jcs';
import type { RecordSignature, TenderRecord } from '@/lib/record/record';
import { recordSchema } from '@/lib/record/record';
import { signRecord } from '@/lib/record/sign';
import type { EnvelopeExpectation, EnvelopeHeader } from '@/lib/sealing/envelope';
import { openOwnShare } from '@/lib/sealing/envelope';
import type { KeySetDraft } from '@/lib/sealing/keyset';
import { signKeySet } from '@/lib/sealing/keyset';
import type { KeyScope } from '@/lib/sealing/member-key';
import { deriveCommitteeKey, deriveSigningKey } from '@/lib/sealing/member-key';
import { rehearsalIdentity, rehearse } from '@/lib/sealing/rehearse';
import type { Share } from '@/lib/sealing/shamir';
import { KeyError } from './key-error';

/** Which records a person has agreed to sign by pressing a button. */
export type RecordPermit = (record: TenderRecord) => boolean;

/** Signs what the page's act needs, and nothing else. */
export interface RecordSigner {
  /** Ed25519, 64 hex digits. */
  readonly publicKey: string;
  /**
   * @param text canonical JSON of the record, as the server proposes it
   * @param keyCommitment 64 hex digits: commitment of the record that registered the public key
   * @throws KeyError `record-refused` for any record but those agreed to
   */
  signText(text: string, keyCommitment: string): RecordSignature;
}

/** A key file that has been opened. The seed stays in this object, in memory: it is never stored, sent or logged. */
export class OpenedKey {
  readonly publicKey: string;
  readonly demonstration: boolean;
  #seed: Uint8Array | undefined;

  constructor(seed: Uint8Array, demonstration: boolean) {
    this.#seed = seed.slice();
    this.demonstration = demonstration;
    this.publicKey = toHex(deriveSigningKey(seed).publicKey);
  }

  /** A signer limited to what was agreed: else a server could have one click sign an award as well. */
  signer(permit: RecordPermit): RecordSigner {
    return {
      publicKey: this.publicKey,
      signText: (text, keyCommitment) => {
        const record = permittedRecord(text, permit);
        return signRecord(record, deriveSigningKey(this.#secret()).secret, keyCommitment);
      },
    };
  }

  /** X25519 public key for one tender, 64 hex digits. */
  committeeKey(scope: KeyScope): string {
    return toHex(deriveCommitteeKey(this.#secret(), scope).publicKey);
  }

  /** 128 hex digits. */
  signKeySet(draft: KeySetDraft): string {
    return signKeySet(draft, deriveSigningKey(this.#secret()).secret);
  }

  /** Opens an envelope sealed to the committee for this test alone. @param random 32 fresh bytes @throws SealingError */
  rehearse(draft: KeySetDraft, index: number, random: Uint8Array): Promise<void> {
    const { secret } = deriveCommitteeKey(this.#secret(), draft);
    return rehearse(draft, rehearsalIdentity(draft), index, secret, random);
  }

  /** @throws SealingError `share-unopenable`, `envelope-other-…` */
  openShare(header: EnvelopeHeader, expected: EnvelopeExpectation, index: number): Promise<Share> {
    return openOwnShare(header, expected, index, deriveCommitteeKey(this.#secret(), expected.keySet).secret);
  }

  /** Forgets the seed, as far as JavaScript allows. */
  close(): void {
    this.#seed?.fill(0);
    this.#seed = undefined;
  }

  #secret(): Uint8Array {
    if (this.#seed === undefined) throw new KeyError('key-closed');
    return this.#seed;
  }
}

function permittedRecord(text: string, permit: RecordPermit): TenderRecord {
  let record: TenderRecord | undefined;
  try {
    const parsed = recordSchema.parse(parseStrict(text, { canonical: true }));
    if (permit(parsed)) record = parsed;
  } catch {
    // Whatever cannot be read cannot be what was agreed to.
  }
  if (record === undefined) throw new KeyError('record-refused');
  return record;
}
