import * as z from 'zod';
import { registryDescriptorSchema, sameAddress, type RegistryDescriptor } from '@/lib/evidence/descriptor';
import { parseStrict } from '@/lib/record/jcs';
import { JsonError } from '@/lib/record/json-error';
import { timeSchema } from '@/lib/record/record';

/** What this browser kept at its first visit: trust on first use, as SSH keeps the keys of hosts. */
const pinSchema = z.strictObject({ since: timeSchema, registry: registryDescriptorSchema });
export type Pin = z.infer<typeof pinSchema>;

/** Each visit to a site reads the one pin of that site: storage is apart for every web origin. */
export const PIN_KEY = 'tenderproof.registry';

/** Longest descriptor file, in UTF-16 code units: `/api/v1/registry` with its rule packs is a tenth of it. */
export const MAX_DESCRIPTOR_LENGTH = 262_144;

/**
 * What is kept. `asking`: the page does not run yet. `unavailable`: the browser keeps nothing for this site.
 * `damaged`: something is kept that is no pin; it is never replaced without asking, or damaging it would be a way
 * around it.
 */
export type Kept =
  | { readonly state: 'asking' | 'unavailable' | 'none' | 'damaged' }
  | { readonly state: 'pinned'; readonly pin: Pin };

/** @param text what storage holds: '' for nothing, null where there is no storage, undefined before the page runs. */
export function readPin(text: string | null | undefined): Kept {
  if (text === undefined) return { state: 'asking' };
  if (text === null) return { state: 'unavailable' };
  if (text === '') return { state: 'none' };
  try {
    const pin = pinSchema.safeParse(parseStrict(text, { maxLength: MAX_DESCRIPTOR_LENGTH }));
    return pin.success ? { state: 'pinned', pin: pin.data } : { state: 'damaged' };
  } catch {
    return { state: 'damaged' };
  }
}

/** @param now milliseconds since 1970. */
export function pinText(registry: RegistryDescriptor, now: number): string {
  return JSON.stringify({ since: new Date(now).toISOString(), registry });
}

const FIELDS = [
  'origin',
  'logKey',
  'chainId',
  'contract',
  'codeHash',
  'confirmations',
  'predecessor',
] as const satisfies readonly (keyof RegistryDescriptor)[];
export type DescriptorField = (typeof FIELDS)[number];

/** The members in which two descriptors differ; none when they name the same registry. */
export function differences(a: RegistryDescriptor, b: RegistryDescriptor): DescriptorField[] {
  return FIELDS.filter((field) =>
    field === 'contract' ? !sameAddress(a.contract, b.contract) : a[field] !== b[field],
  );
}

/** Where the descriptor that evidence is checked against comes from: the reader, this browser, or only this page. */
export type TrustSource = 'own' | 'pinned' | 'page';

export interface Trust {
  readonly registry: RegistryDescriptor;
  readonly source: TrustSource;
  /** In what the page, as the server sent it, now names something else. */
  readonly differs: readonly DescriptorField[];
}

/** The reader's own copy goes before the pin, and the pin before whatever the server says today. */
export function trustOf(page: RegistryDescriptor, kept: Kept, own: RegistryDescriptor | null): Trust {
  if (own !== null) return { registry: own, source: 'own', differs: differences(own, page) };
  if (kept.state !== 'pinned') return { registry: page, source: 'page', differs: [] };
  const { registry } = kept.pin;
  return { registry, source: 'pinned', differs: differences(registry, page) };
}

export type ParsedDescriptor =
  | { readonly ok: true; readonly registry: RegistryDescriptor }
  | { readonly ok: false; readonly code: 'not-json' | 'not-descriptor'; readonly detail: string };

const answerSchema = z.looseObject({ descriptor: z.unknown() });

/** Reads a descriptor file: the descriptor itself, or the answer of `/api/v1/registry` that holds it. Never throws. */
export function parseDescriptor(text: string): ParsedDescriptor {
  try {
    const value = parseStrict(text, { maxLength: MAX_DESCRIPTOR_LENGTH });
    const answer = answerSchema.safeParse(value);
    const result = registryDescriptorSchema.safeParse(answer.success ? answer.data.descriptor : value);
    if (result.success) return { ok: true, registry: result.data };
    const [issue] = result.error.issues;
    const detail = issue === undefined ? '' : `${issue.path.join('.') || '(top)'}: ${issue.message}`;
    return { ok: false, code: 'not-descriptor', detail };
  } catch (error) {
    return {
      ok: false,
      code: 'not-json',
      detail: error instanceof JsonError ? error.message : String(error),
    };
  }
}

/** The file to keep: its members in the order of the protocol, so that two copies can be compared by eye. */
export function descriptorFile(registry: RegistryDescriptor): {
  readonly name: string;
  readonly text: string;
} {
  const ordered = Object.fromEntries(FIELDS.map((field) => [field, registry[field]]));
  const safe = registry.origin.replace(/[^A-Za-z0-9.-]+/g, '-').slice(0, 80);
  return { name: `${safe}.registry.json`, text: `${JSON.stringify(ordered, null, 2)}\n` };
}
