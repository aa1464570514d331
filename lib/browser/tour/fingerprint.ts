import { sha256 } from '@/lib/merkle/hash';
import { toHex } from '@/lib/record/hex';

/** SHA-256 of a file's bytes, 64 digits. In JavaScript: WebCrypto is missing on pages that are not served over https. */
export function fingerprint(bytes: Uint8Array): string {
  return toHex(sha256(bytes));
}

/** A stretch of a text that is the same in another one, or not. */
export interface Stretch {
  readonly text: string;
  readonly differs: boolean;
}

/** Cuts a text where it begins or ceases to differ from another, place by place. */
export function stretches(text: string, other: string): Stretch[] {
  const cut: Stretch[] = [];
  [...text].forEach((letter, at) => {
    const differs = letter !== [...other][at];
    const last = cut.at(-1);
    if (last?.differs === differs) cut[cut.length - 1] = { text: last.text + letter, differs };
    else cut.push({ text: letter, differs });
  });
  return cut;
}

/** In how many places two texts differ. */
export function differences(text: string, other: string): number {
  return stretches(text, other).reduce(
    (sum, { text: part, differs }) => sum + (differs ? part.length : 0),
    0,
  );
}
