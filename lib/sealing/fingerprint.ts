import { fromHex } from '@/lib/record/hex';
import { FINGERPRINT_WORDS } from './fingerprint-words';

/** Shapes of the picture, one for each value of half a byte. All differ in black and white, on paper too. */
export const SHAPES = [
  'disc',
  'ring',
  'square',
  'frame',
  'diamond',
  'cross',
  'star',
  'dots',
  'up',
  'down',
  'left',
  'right',
  'rows',
  'columns',
  'slope',
  'quarter',
] as const;
export type Shape = (typeof SHAPES)[number];

export type FingerprintLanguage = keyof typeof FINGERPRINT_WORDS;

export interface Fingerprint {
  /** Bytes 0 to 7 of the digest, a word each. */
  readonly words: Readonly<Record<FingerprintLanguage, readonly string[]>>;
  /** Bytes 8 to 15, two shapes each, the upper half of the byte first: four rows of four. */
  readonly shapes: readonly Shape[];
}

const WORDS = 8;

/**
 * A digest in words and as a picture, for people who compare it by telephone or at a glance. Each shows 64 bits, and
 * not the same ones; only the whole digest decides.
 * @param digest 64 hex digits
 */
export function fingerprintOf(digest: string): Fingerprint {
  const bytes = fromHex(digest, 32);
  const spoken = [...bytes.subarray(0, WORDS)];
  const drawn = [...bytes.subarray(WORDS, 2 * WORDS)];
  const inWords = (language: FingerprintLanguage) =>
    spoken.map((byte) => FINGERPRINT_WORDS[language][byte] ?? '');
  return {
    words: { en: inWords('en'), zh: inWords('zh') },
    shapes: drawn.flatMap((byte) => [byte >> 4, byte & 15]).map((half) => SHAPES[half] ?? 'disc'),
  };
}
