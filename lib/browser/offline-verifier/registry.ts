import * as z from 'zod';
import { classifyFile, HEAD_BYTES, isSecret, type SecretKind } from '../verify/classify';
import { MAX_DESCRIPTOR_LENGTH, parseDescriptor } from '../verify/pin';
import { descriptorFingerprint, type RegistryDescriptor } from '@/lib/evidence/descriptor';
import { parseStrict } from '@/lib/record/jcs';
import { classOf } from './read-file';

/** The registry that the reader trusts. */
export interface TrustedRegistry {
  readonly registry: RegistryDescriptor;
  readonly fingerprint: string;
  /** It says itself that its chain is its operator's own: a demonstration. */
  readonly embedded: boolean;
}

export type ReadRegistry =
  | { readonly ok: true; readonly trusted: TrustedRegistry }
  | { readonly ok: false; readonly code: 'empty' }
  | { readonly ok: false; readonly code: 'secret'; readonly secret: SecretKind }
  | { readonly ok: false; readonly code: 'not-json' | 'not-descriptor'; readonly detail: string };

const embeddedSchema = z.looseObject({ embedded: z.literal(true) });

/** Reads a descriptor, or the answer of `/api/v1/registry` that holds one. Never throws. */
export function readRegistry(text: string): ReadRegistry {
  if (text.trim() === '') return { ok: false, code: 'empty' };
  const kind = classifyFile('', text.slice(0, HEAD_BYTES));
  if (isSecret(kind)) return { ok: false, code: 'secret', secret: kind };
  const parsed = parseDescriptor(text);
  if (!parsed.ok) return parsed;
  const { registry } = parsed;
  const embedded = embeddedSchema.safeParse(parseStrict(text, { maxLength: MAX_DESCRIPTOR_LENGTH })).success;
  return { ok: true, trusted: { registry, fingerprint: descriptorFingerprint(registry), embedded } };
}

/** As `readRegistry`, for a file. */
export async function readRegistryFile(file: File): Promise<ReadRegistry> {
  try {
    const kind = await classOf(file);
    if (isSecret(kind)) return { ok: false, code: 'secret', secret: kind };
    // One more than is allowed: what is too long must not become something else by being cut.
    return readRegistry(await file.slice(0, MAX_DESCRIPTOR_LENGTH + 1).text());
  } catch (error) {
    return { ok: false, code: 'not-json', detail: error instanceof Error ? error.message : '' };
  }
}
