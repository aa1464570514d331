import { describe, expect, it } from 'vitest';
import { progressBar } from '@/lib/cli/progress-bar';

describe('the progress bar', () => {
  function drawn(isTTY: boolean) {
    const written: string[] = [];
    let time = 0;
    const bar = progressBar({ isTTY, write: (text) => written.push(text) }, () => time);
    return { bar, written, wait: (ms: number) => (time += ms) };
  }

  it('is drawn over itself, fills, and is taken away', () => {
    const { bar, written, wait } = drawn(true);
    for (const done of [0, 512, 1024]) {
      bar.show('log', done, 1024);
      wait(100);
    }
    bar.end();
    expect(written).toEqual([
      `\rlog        ${'░'.repeat(30)} 0/1024   `,
      `\rlog        ${'█'.repeat(15)}${'░'.repeat(15)} 512/1024   `,
      `\rlog        ${'█'.repeat(30)} 1024/1024   `,
      '\r\x1b[K',
    ]);
  });

  it('is drawn ten times a second at most, and always at the end of a step', () => {
    const { bar, written, wait } = drawn(true);
    for (let done = 1; done <= 1000; done += 1) {
      bar.show('log', done, 1000);
      wait(1);
    }
    expect(written).toHaveLength(11);
    expect(written.at(-1)).toContain(' 1000/1000 ');
  });

  it('is full where there is nothing to do', () => {
    const { bar, written } = drawn(true);
    bar.show('processes', 0, 0);
    expect(written).toEqual([`\rprocesses  ${'█'.repeat(30)} 0/0   `]);
  });

  it('is not drawn into a file', () => {
    const { bar, written } = drawn(false);
    bar.show('log', 1, 2);
    bar.end();
    expect(written).toEqual([]);
  });
});
