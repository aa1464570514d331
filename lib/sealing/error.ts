/** Every reason for which the sealing code refuses, with a sentence that says what to do. */
export const sealingErrors = {
  'seed-length': 'A seed must be exactly 32 random bytes. Draw a new one.',
  'threshold-range':
    'The threshold k and the number of members n must satisfy 1 ≤ k ≤ n ≤ 16. Correct the key set.',
  'share-shape':
    'A share must be 32 bytes with a distinct index from 1 to n. Ask the member to release it again.',
  'share-unopenable':
    'This key does not open this share. Check that the key file is the one named in the key set of this tender.',
  'identity-invalid':
    'The tender, lot, part or tenderer of the envelope is not in the expected form. Reload the page and seal again.',
  'keyset-shape':
    'The key set is not in the form of version 1. Ask the procuring entity to publish it again.',
  'keyset-order':
    'The members of the key set must be numbered 1 to n in order. Ask for it to be published again.',
  'keyset-duplicate-key':
    'Two members of the key set use the same key, so fewer people than stated could open bids. Do not seal.',
  'keyset-low-order-key':
    'A key of the key set is of low order: anyone could open what is sealed to it. Do not seal.',
  'keyset-unknown-signer': 'A member of the key set names a signing key that is not registered. Do not seal.',
  'keyset-unsigned': 'A member has not signed this key set, or signed another one. Do not seal.',
  'keyset-other-tender': 'This key set belongs to another tender, chain or contract. Do not seal.',
  'keyset-not-on-chain': 'This key set is not the one whose hash is on chain. Do not seal.',
  'keyset-own-key-missing': 'Your own key is not in this key set as member number given. Do not sign it.',
  'stream-too-long':
    'The content is longer than its announced size. Choose the file again: it changed meanwhile.',
  'stream-too-short':
    'The content is shorter than its announced size. Choose the file again: it changed meanwhile.',
  'payload-truncated': 'The sealed payload has been cut off.',
  'payload-commitment': 'The key commitment of the payload is wrong: it was not sealed with this seed.',
  'payload-altered': 'A chunk of the payload was altered, reordered or sealed with another key.',
  'package-shape': 'The package inside the envelope is not in the form of version 1.',
  'package-too-large':
    'The files, or the list of them, are too large for one envelope. Use fewer or smaller files and shorter names.',
  'package-file-name':
    'A file name is not allowed. Use a plain name without path, control or reserved characters.',
  'package-duplicate-name': 'Two files have the same name. Rename one of them.',
  'package-file-empty': 'A file is empty. Remove it or choose the right file.',
  'package-file-hash': 'A file does not have the digest that the package states.',
  'package-length': 'The package does not have the length that its list of files states.',
  'package-padding': 'The padding of the package is not the one derived from its seed.',
  'package-other-identity': 'The package names another tender, lot, part or tenderer than its envelope.',
  'package-consortium':
    'The list of partners is not in the expected form: at most 20, each once with id and name, without the tenderer itself. Correct the list.',
  'package-declarations':
    'The list of declarations is not in the expected form: at most 50 ids, each once. Reload the page and declare again.',
  'price-form-shape':
    'The price form is not in the expected form: decimal strings, a currency, one row an item.',
  'price-form-amount': 'A row of the price form is not quantity × unit price, rounded half up to cents.',
  'price-form-total': 'The total of the price form is not the sum of its rows.',
  'envelope-shape': 'This is not a sealed envelope of version 1. Choose the file that the sealer made.',
  'envelope-other-context':
    'This envelope was sealed for another tender, lot, part, tenderer or key set. It cannot be used here.',
  'envelope-other-threshold':
    'This envelope was sealed for another number of members than the key set states.',
  'envelope-other-purpose':
    'A rehearsal envelope is not a bid, nor a bid a rehearsal. Choose the right file.',
  'payload-hash': 'The payload does not have the digest that the header of the envelope states.',
  'share-wrong': 'A share sealed in this envelope is not the one that belongs to its seed.',
  'envelope-length':
    'The envelope does not have the length that its header states: it was cut off or extended.',
  'recovery-shape':
    'This is not a recovery file of version 1. Choose the file saved when the bid was sealed.',
  'submission-mixed':
    'The envelopes of one bid must be for the same tender and tenderer, at most 128, each lot and part once. Reload the page and seal again.',
  'seed-reused':
    'Two secrets of this bid are the same, so opening one envelope would open another. Do not use it: seal again in another browser or on another device.',
  'bid-act-shape':
    'What should be signed is no replacement or withdrawal of a bid. Reload the page and begin again.',
} as const;

export type SealingErrorCode = keyof typeof sealingErrors;

/** Thrown for every refusal of the sealing code; `code` is closed, `message` says what to do. */
export class SealingError extends Error {
  readonly code: SealingErrorCode;

  constructor(code: SealingErrorCode, detail?: string) {
    super(detail === undefined ? sealingErrors[code] : `${sealingErrors[code]} (${detail})`);
    this.name = 'SealingError';
    this.code = code;
  }
}

export type Attempt<T> = { ok: true; value: T } | { ok: false; code: SealingErrorCode };

/** The outcome of what may be refused. @throws what is no SealingError */
export async function attempt<T>(run: () => T | Promise<T>): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await run() };
  } catch (error) {
    if (error instanceof SealingError) return { ok: false, code: error.code };
    throw error;
  }
}
