/** A ZIP archive of empty, stored members with these names. */
export function zip(names: readonly string[]): Uint8Array<ArrayBuffer> {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const name of names) {
    const text = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(text.length, 26);
    const member = Buffer.alloc(46);
    member.writeUInt32LE(0x02014b50, 0);
    member.writeUInt16LE(text.length, 28);
    member.writeUInt32LE(offset, 42);
    locals.push(local, text);
    directory.push(member, text);
    offset += 30 + text.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...locals, list, end]));
}
