import type { RecordPermit } from './opened-key';

/** Agrees to accept one seat of one tender's committee with one key. */
export const acceptancePermit =
  (ocid: string, index: number, x25519: string): RecordPermit =>
  ({ type, ocid: of, data }) =>
    type === 'committee-accepted' && of === ocid && data.index === index && data.x25519 === x25519;

/** Agrees to say that the key of one seat was tested against one key set. */
export const rehearsalPermit =
  (ocid: string, index: number, digest: string): RecordPermit =>
  ({ type, ocid: of, data }) =>
    type === 'key-rehearsed' && of === ocid && data.index === index && data.digest === digest;
