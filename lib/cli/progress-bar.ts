const WIDTH = 30;
/** Milliseconds between two drawings. */
const EVERY = 100;

/** Where a bar is drawn: standard error, where people watch. */
interface Terminal {
  isTTY?: boolean;
  write(text: string): unknown;
}

export interface ProgressBar {
  show(step: string, done: number, total: number): void;
  /** Takes the bar away. */
  end(): void;
}

/** A bar on one line that is drawn over; nothing at all where the output goes to a file or another program. */
export function progressBar(terminal: Terminal, now: () => number): ProgressBar {
  if (!terminal.isTTY) return { show: () => undefined, end: () => undefined };
  let last = -Infinity;
  return {
    show(step, done, total) {
      if (now() - last < EVERY && done < total) return;
      last = now();
      const filled = total === 0 ? WIDTH : Math.round((done / total) * WIDTH);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
      terminal.write(`\r${step.padEnd(10)} ${bar} ${done}/${total}   `);
    },
    end: () => terminal.write('\r\x1b[K'),
  };
}
