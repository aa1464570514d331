/** Runs `stop` once when the command is asked to end, then ends with the signal's usual exit code. */
export function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false;
  for (const [signal, code] of [
    ['SIGINT', 130] as const,
    ['SIGTERM', 143] as const,
    ['SIGHUP', 129] as const,
  ]) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void stop().finally(() => process.exit(code));
    });
  }
}
