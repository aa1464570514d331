import { fromHex } from '@/lib/record/hex';
import { KEY_RECORD_TYPE, keyDataSchema, type TenderRecord } from '@/lib/record/record';

export interface RegisteredKey {
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** The key belongs to a demonstration: whoever runs the registry may hold it. */
  readonly demonstration: boolean;
}

/** The key that a record registers; null when it is no key's record. */
export function ed25519KeyOf(record: TenderRecord): RegisteredKey | null {
  if (record.type !== KEY_RECORD_TYPE) return null;
  const data = keyDataSchema.safeParse(record.data);
  if (!data.success) return null;
  return { publicKey: fromHex(data.data.publicKey, 32), demonstration: data.data.demonstration ?? false };
}
