import * as z from 'zod';
import { currencySchema } from '@/lib/record/money';
import {
  ENVELOPES,
  hex32,
  itemSchema,
  lotSchema,
  statementSchema,
  text,
  wholeSecond,
} from '@/lib/record/notice';
import { parseStrict } from '@/lib/record/jcs';
import type { SealingErrorCode } from './error';
import { SealingError } from './error';
import type { KeySet } from './keyset';
import { parseKeySet, verifyKeySet } from './keyset';

/** All that is needed to seal a bid on a computer that is not connected. It is public and holds no secret. */
export const KIT_FORMAT = 'tenderproof-sealing-kit/1';

/** UTF-16 code units: 200 items and 100 lots of the longest texts are below it. */
export const MAX_KIT_LENGTH = 2_097_152;

/** Thrown by the key set's own parser inside the schema, and given back as the code. */
const keySetSchema = z.unknown().transform((value, ctx): KeySet => {
  try {
    return parseKeySet(value);
  } catch (error) {
    ctx.addIssue({ code: 'custom', message: error instanceof SealingError ? error.code : 'keyset-shape' });
    return z.NEVER;
  }
});

export const sealingKitSchema = z.strictObject({
  format: z.literal(KIT_FORMAT),
  /** The registry, as in its descriptor (protocol §5). */
  origin: text(200),
  chainId: z.int().min(1),
  /** "0x" and 40 lower-case hex digits. */
  contract: z.string().regex(/^0x[0-9a-f]{40}$/, 'contract'),
  ocid: text(200),
  title: text(300),
  /** BCP 47: the authentic language of the notice. */
  language: text(35),
  /** When bids are due, as the chain has it. */
  bidsDue: wholeSecond,
  currency: currencySchema,
  lots: z.array(lotSchema).max(100),
  envelopes: z.enum(ENVELOPES),
  items: z.array(itemSchema).min(1).max(200),
  statements: z.array(statementSchema).max(50),
  /** The committee's key set now in force, whole, and the hash that stands on chain. */
  keyset: keySetSchema,
  keysetHash: hex32,
  /** Ed25519 public key of each member by the commitment of the record that registered it. */
  signingKeys: z.record(hex32, hex32),
});
export type SealingKit = z.infer<typeof sealingKitSchema>;

export type ParsedKit =
  | { readonly ok: true; readonly kit: SealingKit }
  | { readonly ok: false; readonly code: 'not-json' | 'not-kit' | SealingErrorCode; readonly detail: string };

/**
 * Strict, and the key set as a bidder's browser checks it: for this tender, signed by every member, with the hash that is
 * stated. Whether that hash stands on chain, only a reader with a connection can tell. Never throws.
 */
export function parseSealingKit(content: string): ParsedKit {
  let value: unknown;
  try {
    value = parseStrict(content, { maxLength: MAX_KIT_LENGTH });
  } catch (error) {
    return { ok: false, code: 'not-json', detail: error instanceof Error ? error.message : '' };
  }
  const result = sealingKitSchema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    const detail = issue === undefined ? '' : `${issue.path.join('.') || '(top)'}: ${issue.message}`;
    return { ok: false, code: 'not-kit', detail };
  }
  const kit = result.data;
  const { chainId, contract, ocid, keysetHash } = kit;
  const signingKeys = new Map(Object.entries(kit.signingKeys));
  const verdict = verifyKeySet(kit.keyset, { chainId, contract, ocid, onChain: keysetHash, signingKeys });
  if (verdict.ok) return { ok: true, kit };
  return { ok: false, code: verdict.code, detail: verdict.member === undefined ? '' : `${verdict.member}` };
}
