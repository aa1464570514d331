import type { EnvelopeIdentity } from './context';
import { SealingError } from './error';

/** 64 lots of a technical and a financial part. */
export const MAX_ENVELOPES = 128;

/** Bytes: the largest sealed envelope that a registry takes. */
export const MAX_UPLOAD = 512 * 1024 ** 2;

/**
 * One submission is one tenderer's bid for one tender: an envelope for each lot and part. The key set may differ, since
 * an envelope replaced after a change of the committee is bound to the new one.
 * @throws SealingError `submission-mixed`
 */
export function requireOneSubmission(identities: readonly EnvelopeIdentity[]): void {
  const [first] = identities;
  const same = identities.every(
    ({ chainId, contract, ocid, tenderer }) =>
      chainId === first?.chainId &&
      contract === first.contract &&
      ocid === first.ocid &&
      tenderer === first.tenderer,
  );
  const units = new Set(identities.map(({ lot, part }) => JSON.stringify([lot, part])));
  const each = units.size === identities.length && units.size >= 1 && units.size <= MAX_ENVELOPES;
  if (!same || !each) throw new SealingError('submission-mixed');
}

/**
 * A seed is published when its envelope opens, so no two secrets of a submission may be the same: one envelope's opening
 * would open another, or give away the key that replaces and withdraws.
 * @param secrets hex @throws SealingError `seed-reused`
 */
export function requireDistinctSecrets(secrets: readonly string[]): void {
  if (new Set(secrets).size !== secrets.length) throw new SealingError('seed-reused');
}
