import { crc32 } from 'node:zlib';

// Small real files, made from a few words, so that a test can look for those words where they must not be.

/** A PDF of one page with one line of text (ISO 32000-1 §7.5). */
export function pdf(line: string): Buffer {
  const text = `BT /F1 14 Tf 72 760 Td (${line.replace(/[\\()]/g, '\\$&')}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, position) => {
    const offset = body.length;
    body += `${position + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body + table + trailer, 'latin1');
}

/** A ZIP archive with one stored member (APPNOTE 6.3, §4.3). */
export function zip(name: string, content: Buffer): Buffer {
  const title = Buffer.from(name);
  const sizes = (header: Buffer, at: number): Buffer => {
    header.writeUInt32LE(crc32(content), at);
    header.writeUInt32LE(content.length, at + 4);
    header.writeUInt32LE(content.length, at + 8);
    header.writeUInt16LE(title.length, at + 12);
    return header;
  };
  const local = sizes(Buffer.alloc(30), 14);
  local.writeUInt32LE(0x04034b50, 0);
  const member = sizes(Buffer.alloc(46), 16);
  member.writeUInt32LE(0x02014b50, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(member.length + title.length, 12);
  end.writeUInt32LE(local.length + title.length + content.length, 16);
  return Buffer.concat([local, title, content, member, title, end]);
}

/** As Playwright hands a file to a page. */
export const asFile = (name: string, mimeType: string, buffer: Buffer) => ({ name, mimeType, buffer });
