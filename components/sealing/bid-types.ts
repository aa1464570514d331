import type { ReactNode } from 'react';
import type { Sending } from '@/lib/browser/upload/send-upload';
import type { ActResult } from '@/lib/forms/act-result';
import type { EnvelopeIdentity } from '@/lib/sealing/context';
import type { KeySet } from '@/lib/sealing/keyset';

export interface BidItem {
  id: string;
  description: string;
  /** Decimal text, from the notice. */
  quantity: string;
  unit: string;
}

export interface BidTender {
  title: string;
  /** RFC 3339. */
  bidsDue: string;
  /** ISO 4217. */
  currency: string;
  items: readonly BidItem[];
}

export interface BidLimits {
  /** At most 100. */
  files: number;
  /** Bytes of all files together. */
  bytes: number;
}

/** What the server learns of a bid: for its record. */
export interface BidToFile {
  /** What `onUpload` gave. */
  upload: string;
  /** SHA-256 of the envelope, 64 hex digits. */
  envelope: string;
  /** Bytes of the envelope. */
  size: number;
  /** Ed25519 public key of the bid, 64 hex digits. */
  bidKey: string;
}

/** A file for the tenderer to keep: it holds no secret. */
export interface BidReceipt {
  name: string;
  text: string;
}

/** A sealed envelope: ciphertext only. */
export interface EnvelopeToSend {
  envelope: Blob;
  /** Its digest, 64 hex digits. */
  sha256: string;
}

export interface SealBidProps {
  tender: BidTender;
  /** Who bids, for the reader; the sealed identity is in `identity`. */
  tendererName: string;
  identity: EnvelopeIdentity;
  keySet: KeySet;
  /** Ed25519 public keys (64 hex) of the members by commitment of their `signing-key` record. */
  signingKeys: Readonly<Record<string, string>>;
  /** Reads the hash of the tender's key set (64 hex) from the chain, in this browser: never from the server's word. */
  readKeySetHash: () => Promise<string>;
  /** RFC 3339, the server's clock when the page was rendered. */
  serverNow: string;
  limits: BidLimits;
  /** Recovery files of a demonstration open fast and protect nothing. */
  demonstration: boolean;
  onUpload: (
    sealed: EnvelopeToSend,
    onSending: (sending: Sending) => void,
    signal: AbortSignal,
  ) => Promise<ActResult<{ upload: string }>>;
  /** What is offered while the platform does not answer. */
  fallback: (sealed: EnvelopeToSend) => ReactNode;
  /** Files the bid's record. Asked again with the same envelope, after an answer was lost, it must answer the same. */
  onFile: (bid: BidToFile) => Promise<ActResult<{ receipt: BidReceipt }>>;
}
