import { spawn } from 'node:child_process';

// PostgreSQL and the chain are native programs that would outlive us after kill -9. A tiny shell process holds the
// reading end of a pipe: when we are gone, however we went, the pipe ends and it stops what is still listed.

const script = `
list=
while read -r word pid signal; do
  case $word in
    watch) list="$pid:$signal $list" ;;
    forget) kept=
      for item in $list; do [ "\${item%%:*}" = "$pid" ] || kept="$kept$item "; done
      list=$kept ;;
  esac
done
for item in $list; do kill -s "\${item#*:}" "\${item%%:*}" 2>/dev/null; done
`;

export interface Reaper {
  /** Have this process stopped by this signal when we die. The newest goes first. */
  watch(pid: number, signal: 'INT' | 'TERM'): void;
  /** It has ended: its number may be reused by the system. */
  forget(pid: number): void;
  /** Ends the reaper itself; what is still watched is stopped. */
  close(): void;
}

export function startReaper(): Reaper {
  // A session of its own: a Ctrl-C in the terminal reaches us, and must not reach it before us.
  const shell = spawn('sh', ['-c', script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  shell.unref();
  shell.stdin.on('error', () => undefined);
  // The pipe alone must not keep a finished command running.
  (shell.stdin as unknown as { unref?: () => void }).unref?.();
  let closed = false;
  return {
    watch: (pid, signal) => {
      // Asked to stop while still starting: what comes up afterwards must not stay.
      if (closed) process.kill(pid, `SIG${signal}`);
      else shell.stdin.write(`watch ${pid} ${signal}\n`);
    },
    forget: (pid) => {
      if (!closed) shell.stdin.write(`forget ${pid}\n`);
    },
    close: () => {
      closed = true;
      shell.stdin.end();
    },
  };
}
