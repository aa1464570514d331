import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { memoryCanBeRead, tracesInProcess } from '../../support/process-memory';
import { formsOf, formsOfText } from '../../support/traces';

/** A process that holds the texts that it reads, each in another form, in memory of its own. */
const HOLDER = `
  const held = [];
  process.stdin.once('data', (data) => {
    const [plain, hex, wide] = JSON.parse(data);
    held.push(Buffer.from(plain, 'base64').toString(), Buffer.from(hex, 'base64').toString('hex'));
    held.push(Buffer.from(Buffer.from(wide, 'base64').toString(), 'utf16le'));
    process.stdout.write('held');
  });
  setInterval(() => held.length, 1000);
`;

const word = (name: string) => `${name}-${'quicksilver'}-40817`;

describe.runIf(memoryCanBeRead)('the search in the memory of a process', () => {
  it('finds what is there in any form, and only that', async () => {
    const child = spawn(process.execPath, ['-e', HOLDER], { stdio: ['pipe', 'pipe', 'inherit'] });
    try {
      const given = ['plain', 'hex', 'wide'].map((name) => Buffer.from(word(name)).toString('base64'));
      child.stdin.write(JSON.stringify(given));
      await once(child.stdout, 'data');
      const needles = {
        plain: [Buffer.from(word('plain'))],
        hex: formsOf(Buffer.from(word('hex'))),
        wide: formsOfText(word('wide')),
        absent: formsOfText(word('absent')),
      };
      expect(tracesInProcess(child.pid ?? 0, needles)).toEqual(['hex', 'plain', 'wide']);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
