import { inflateSync } from 'node:zlib';

// The text of a PDF as a reader would copy it: enough for the files that this program makes (ISO 32000-1 §9.10: fonts
// with a ToUnicode map, text shown by TJ), so that a test sees words and not only that there is a file.

type Objects = Map<number, string>;

function objectsOf(pdf: Buffer): Objects {
  const objects: Objects = new Map();
  const text = pdf.toString('latin1');
  for (const match of text.matchAll(/(\d+) 0 obj\b([^]*?)\bendobj/g)) {
    const [, number = '', body = ''] = match;
    // Only the one line feed before `endstream` is not data: compressed data may well end with a carriage return.
    const stream = /^([^]*?)\bstream\r?\n([^]*?)\nendstream/.exec(body);
    const packed = stream?.[1]?.includes('/FlateDecode') ? Buffer.from(stream[2] ?? '', 'latin1') : null;
    objects.set(Number(number), packed ? inflateSync(packed).toString('latin1') : body);
  }
  return objects;
}

const unicode = (hex: string) =>
  String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => parseInt(unit, 16)));

/** What each glyph of a font means. */
function glyphsOf(cmap: string): Map<number, string> {
  const glyphs = new Map<number, string>();
  for (const [, from = '', , list = ''] of cmap.matchAll(/<(\w+)> <(\w+)> \[([^\]]*)\]/g)) {
    const meanings = [...list.matchAll(/<([\w ]*)>/g)].map(([, hex = '']) =>
      unicode(hex.replaceAll(' ', '')),
    );
    meanings.forEach((meaning, i) => glyphs.set(parseInt(from, 16) + i, meaning));
  }
  return glyphs;
}

const reference = (text: string, name: string) =>
  Number(new RegExp(`/${name}\\s+(\\d+) 0 R`).exec(text)?.[1] ?? -1);

/** All text of the pages, in the order in which it is drawn, without the white space between lines. */
export function pdfText(bytes: Uint8Array): string {
  const objects = objectsOf(Buffer.from(bytes));
  const fonts = new Map<string, Map<number, string>>();
  for (const body of objects.values()) {
    const named = /\/Font\s*<<([^>]*)>>/.exec(body)?.[1] ?? '';
    for (const [, name = '', number] of named.matchAll(/\/(\w+) (\d+) 0 R/g)) {
      const cmap = objects.get(reference(objects.get(Number(number)) ?? '', 'ToUnicode'));
      if (cmap !== undefined) fonts.set(name, glyphsOf(cmap));
    }
  }
  let text = '';
  let font = new Map<number, string>();
  for (const content of objects.values()) {
    for (const token of content.matchAll(/\/(\w+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      const [, name, shown = ''] = token;
      if (name !== undefined) font = fonts.get(name) ?? font;
      const codes = [...shown.matchAll(/<(\w*)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? []);
      text += codes.map((code) => font.get(parseInt(code, 16)) ?? '').join('');
    }
  }
  return text;
}
