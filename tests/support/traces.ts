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

interface Sought {
  what: string;
  form: Buffer;
}

/** Looks into one heap. @returns whose forms stand in it */
export type Seeker = (heap: Buffer) => Set<string>;

/**
 * One pass for all forms of all secrets: there may be hundreds, and the memory of a process is long. Forms are kept by their
 * first four bytes; a table for each half of these tells at once of most places that nothing begins there.
 */
export function seekerOf(needles: Needles): Seeker {
  const byHead = new Map<number, Sought[]>();
  const [first, second] = [new Uint8Array(65_536), new Uint8Array(65_536)];
  for (const [what, forms] of Object.entries(needles))
    for (const form of forms) {
      if (form.length < 4) throw new Error(`Too short to be looked for: a form of ${what}`);
      first[form.readUInt16LE(0)] = 1;
      second[form.readUInt16LE(2)] = 1;
      const head = form.readUInt32LE(0);
      byHead.set(head, [...(byHead.get(head) ?? []), { what, form }]);
    }
  return (heap) => {
    const found = new Set<string>();
    for (let at = 0; at < heap.length - 3; at += 1) {
      if (first[(heap[at] as number) | ((heap[at + 1] as number) << 8)] === 0) continue;
      if (second[(heap[at + 2] as number) | ((heap[at + 3] as number) << 8)] === 0) continue;
      for (const { what, form } of byHead.get(heap.readUInt32LE(at)) ?? [])
        if (heap.subarray(at, at + form.length).equals(form)) found.add(what);
    }
    return found;
  };
}

/** Which of the secrets lie in one of these heaps, in the order of the secrets. */
export function tracesIn(needles: Needles, heaps: readonly Buffer[]): string[] {
  const seek = seekerOf(needles);
  const found = new Set(heaps.flatMap((heap) => [...seek(heap)]));
  return Object.keys(needles).filter((what) => found.has(what));
}
