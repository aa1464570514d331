import { parseWitnessKey, type WitnessKey } from '@/lib/merkle/cosignature';

/** A witness whose cosignatures this registry takes. */
export interface ConfiguredWitness {
  key: WitnessKey;
  /** Where checkpoints are sent to (its submission prefix, without a slash at the end); null: it asks by itself. */
  url: string | null;
}

/** With the log's own signature, as many as every reader of a note must accept (C2SP signed-note). */
export const MOST_WITNESSES = 15;

/** @returns the witness, or what is wrong with the entry */
function readEntry(entry: string): ConfiguredWitness | string {
  const [vkey = '', url, ...rest] = entry.split(/\s+/);
  if (rest.length > 0) return 'must read <verifier key> or <verifier key> <address>';
  const parsed = url === undefined ? null : URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || (parsed && !['http:', 'https:'].includes(parsed.protocol)))
    return 'must have an address that begins with http:// or https://, or none';
  if (parsed && (parsed.search !== '' || parsed.hash !== '')) return 'must have an address without ? and #';
  try {
    return { key: parseWitnessKey(vkey), url: url?.replace(/\/+$/, '') ?? null };
  } catch {
    return "must begin with a witness's verifier key, as npm run witness prints it";
  }
}

/**
 * Reads `WITNESSES`: entries `<verifier key>` or `<verifier key> <address>`, between commas or on lines of their own.
 * @returns the witnesses, or one sentence about the first problem
 */
export function readWitnessList(text: string): ConfiguredWitness[] | string {
  const entries = text.split(/[,\n]/).map((entry) => entry.trim());
  const given = entries.filter((entry) => entry !== '');
  if (given.length > MOST_WITNESSES) return `may name at most ${MOST_WITNESSES} witnesses`;
  const witnesses: ConfiguredWitness[] = [];
  for (const [i, entry] of given.entries()) {
    const read = readEntry(entry);
    if (typeof read === 'string') return `(entry ${i + 1}) ${read}`;
    witnesses.push(read);
  }
  const names = new Set(witnesses.map(({ key }) => key.name));
  // A cosignature does not name its signer: one key under two names would count as two witnesses.
  const keys = new Set(witnesses.map(({ key }) => key.publicKey.join()));
  if (names.size < witnesses.length || keys.size < witnesses.length)
    return 'must name each witness once: two entries have the same name or the same key';
  return witnesses;
}
