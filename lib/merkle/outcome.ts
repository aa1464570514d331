/** Why a proof does not hold. Verifiers answer with one of these and never throw, whatever they are given. */
export type ProofFault =
  | 'size-invalid'
  | 'index-out-of-range'
  | 'hash-length'
  | 'proof-too-short'
  | 'proof-too-long'
  | 'proof-not-empty'
  | 'root-mismatch'
  | 'old-root-mismatch';

export interface Refutation {
  readonly ok: false;
  readonly fault: ProofFault;
}

export type ProofOutcome = { readonly ok: true } | Refutation;

export const PROVEN: ProofOutcome = { ok: true };

export function refuted(fault: ProofFault): Refutation {
  return { ok: false, fault };
}
