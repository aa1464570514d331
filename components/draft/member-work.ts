import { pendingKeyset } from '@/lib/procedure/acts/publication';
import { committee } from '@/lib/procedure/state';
import type { KeySetDraft } from '@/lib/sealing/keyset';
import type { KeyScope } from '@/lib/sealing/member-key';
import type { TenderView } from '@/lib/server/queries/view';

/** An appointment that waits to be accepted. */
export interface AcceptWork {
  kind: 'accept';
  scope: KeyScope;
  /** Member number, from 1. */
  index: number;
}

/** A key set that waits for the member's signature, or whose key is not tested yet. */
export interface KeySetWork {
  kind: 'sign' | 'test';
  draft: KeySetDraft;
  index: number;
  /** Commitment of the record of the key that the member accepted with. */
  keyRecord: string;
  /** That key: Ed25519, 64 hex digits. */
  registeredKey: string;
}

export type MemberWork = AcceptWork | KeySetWork;

/** `registeredKey` is still to be read: one query serves many tenders. */
export type UnreadWork = AcceptWork | Omit<KeySetWork, 'registeredKey'>;

/** What the reader, as a member of the committee, has to do with a key in this tender next; null when nothing. */
export function memberWork({ process, signedIn, may }: TenderView): UnreadWork | null {
  const seat = committee(process)?.seats.find((s) => s.person === signedIn?.person.id);
  if (!seat) return null;
  const { chainId, contract, ocid } = process;
  const { index } = seat;
  if (!seat.accepted)
    return may.includes('accept-appointment')
      ? { kind: 'accept', scope: { chainId, contract, ocid }, index }
      : null;
  const draft = pendingKeyset(process);
  if (!draft) return null;
  const keyRecord = seat.accepted.data.key;
  if (!seat.signed && may.includes('sign-keyset')) return { kind: 'sign', draft, index, keyRecord };
  if (!seat.rehearsed && may.includes('rehearse-key')) return { kind: 'test', draft, index, keyRecord };
  return null;
}

/** With the public keys by the commitment of their records; without those whose record is not there. */
export function withKeys(work: UnreadWork, keys: Readonly<Record<string, string>>): MemberWork | null {
  if (work.kind === 'accept') return work;
  const registeredKey = keys[work.keyRecord];
  return registeredKey === undefined ? null : { ...work, registeredKey };
}
