/*
 * Words out of evidence, which may be forged: what no text of ours has a name for is quoted, and can neither move the
 * reader's cursor nor turn the direction of what stands around it.
 */

/** Without control characters, line breaks and marks that nobody sees. */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{fffd}');
}

/** Whether it may be looked up among our texts: `a.b` would lead elsewhere, and `constructor` is found in every object. */
export function isName(value: string): boolean {
  return /^[a-z][a-z0-9-]*$/.test(value) && !(value in Object.prototype);
}
