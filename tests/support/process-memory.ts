import fs from 'node:fs';
import { seekerOf, type Needles } from './traces';

// What another process holds in memory, read as the system shows it to whoever may (proc(5)): Linux only.

export const memoryCanBeRead = fs.existsSync('/proc/self/mem');

const BLOCK = 1024 * 1024;
/** Memory that was reserved and never written to reads as this. */
const UNTOUCHED = Buffer.alloc(2 * BLOCK);

interface Range {
  from: number;
  to: number;
}

/** What the process can write to: its heaps, its stacks, its buffers. Program code and read-only files hold no secret of a user. */
function writableRanges(pid: number): Range[] {
  const lines = fs.readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n');
  return lines.flatMap((line) => {
    const found = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line);
    return found ? [{ from: parseInt(found[1] ?? '', 16), to: parseInt(found[2] ?? '', 16) }] : [];
  });
}

/** The bytes of a range, as far as they are there; a mapping may be gone since it was listed. */
function readAt(file: number, { from, to }: Range): Buffer {
  const bytes = Buffer.alloc(to - from);
  try {
    return bytes.subarray(0, fs.readSync(file, bytes, 0, bytes.length, from));
  } catch (error) {
    if (['EIO', 'EFAULT', 'ENOMEM'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return Buffer.alloc(0);
    throw error;
  }
}

/** Which of the secrets lie in the memory of the process. @throws when its memory may not be read at all */
export function tracesInProcess(pid: number, needles: Needles): string[] {
  const longest = Math.max(...Object.values(needles).flatMap((forms) => forms.map(({ length }) => length)));
  const seek = seekerOf(needles);
  const found = new Set<string>();
  const file = fs.openSync(`/proc/${pid}/mem`, 'r');
  let seen = 0;
  try {
    for (const range of writableRanges(pid))
      // Blocks overlap: what lies across the border of two is in the second.
      for (let from = range.from; from < range.to; from += BLOCK) {
        const block = readAt(file, { from, to: Math.min(range.to, from + BLOCK + longest) });
        seen += block.length;
        if (block.equals(UNTOUCHED.subarray(0, block.length))) continue;
        for (const what of seek(block)) found.add(what);
      }
  } finally {
    fs.closeSync(file);
  }
  if (seen === 0) throw new Error(`Nothing of the memory of process ${pid} could be read`);
  return [...found].sort();
}
