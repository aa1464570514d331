// The forms in which something secret may lie somewhere without being encrypted.

/** Base64 of bytes that stand at any place of a longer text: the parts that do not depend on their neighbours. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replaceAll('=', '');
    const inner = padded.slice(shift === 0 ? 0 : shift + 1, -2);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** The ways in which these bytes may lie somewhere: raw, hexadecimal in both cases, base64. */
export function formsOf(bytes: Buffer): Buffer[] {
  const texts = [bytes.toString('hex'), bytes.toString('hex').toUpperCase(), ...base64Forms(bytes)];
  return [bytes, ...texts.map((text) => Buffer.from(text))];
}

/** The same for a text, in UTF-8 and in UTF-16 of either order. */
export function formsOfText(text: string): Buffer[] {
  const utf16 = Buffer.from(text, 'utf16le');
  return [...formsOf(Buffer.from(text)), ...formsOf(utf16), Buffer.from(utf16).swap16()];
}

/** By what it is called: the forms of each secret. */
export type Needles = Record<string, Buffer[]>;

/** Which of the secrets lie in one of these heaps. */
export const tracesIn = (needles: Needles, heaps: readonly Buffer[]): string[] =>
  Object.entries(needles).flatMap(([what, forms]) =>
    forms.some((form) => heaps.some((heap) => heap.includes(form))) ? [what] : [],
  );
