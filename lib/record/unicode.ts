/** True when no half of a surrogate pair stands alone, so that the text has a UTF-8 form (String.isWellFormed of ES2024). */
export function isWellFormed(text: string): boolean {
  // Most texts have no surrogates at all, which is found out several times sooner.
  return !/[\ud800-\udfff]/.test(text) || !/\p{Cs}/u.test(text);
}
