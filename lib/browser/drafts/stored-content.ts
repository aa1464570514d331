import * as z from 'zod';
import type { Bytes } from '@/lib/sealing/bytes';
import { utf8 } from '@/lib/sealing/bytes';
import type { BidDraft, DraftIdentity } from './draft';
import { draftSchema, identitySchema, MAX_CONTENT_BYTES } from './draft';
import { DraftError } from './draft-error';

const contentSchema = z.strictObject({ identity: identitySchema, draft: draftSchema });

/** A draft with whose it is, as JSON in UTF-8. @throws DraftError `draft-too-large` for what no draft can hold */
export function encodeContent(identity: DraftIdentity, draft: BidDraft): Bytes {
  const { origin, contract, ocid, organization } = identity;
  const parsed = contentSchema.safeParse({ identity: { origin, contract, ocid, organization }, draft });
  const bytes = parsed.success ? utf8(JSON.stringify(parsed.data)) : null;
  if (bytes === null || bytes.length > MAX_CONTENT_BYTES) throw new DraftError('draft-too-large');
  return bytes;
}

/** Strict. @throws DraftError `draft-damaged` */
export function decodeContent(bytes: Uint8Array): { identity: DraftIdentity; draft: BidDraft } {
  try {
    return contentSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    throw new DraftError('draft-damaged');
  }
}
