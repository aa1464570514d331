/** A column copied out of a spreadsheet, cell by cell; nothing for a single cell, which is pasted as it is. */
export function pastedColumn(text: string): string[] {
  const lines = text.replace(/(\r?\n)+$/, '').split(/\r?\n/);
  return lines.length > 1 ? lines.map((line) => (line.split('\t')[0] ?? '').trim()) : [];
}
