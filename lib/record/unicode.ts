/**
 * True when no half of a surrogate pair stands alone, so that the text has a UTF-8 form. By the machine's own
 * `String.prototype.isWellFormed` (ES2024) where there is one, which knows of most texts without looking.
 */
export function isWellFormed(text: string & { isWellFormed?: () => boolean }): boolean {
  return text.isWellFormed?.() ?? !/\p{Cs}/u.test(text);
}
