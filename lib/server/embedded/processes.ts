import { spawnSync, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What tells this process from a later one with the same number: its start time (and the boot). Null when there is
 * no such process.
 */
export function processIdentity(pid: number): string | null {
  if (process.platform === 'linux') {
    try {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name in parentheses may hold spaces; field 3 (state) follows it, field 22 is the start time.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z') return null;
      return `${fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
    } catch {
      return null;
    }
  }
  const shown = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return shown.status === 0 ? shown.stdout.trim() : null;
}

/** The command line of a process, empty when it cannot be read. */
export function commandOf(pid: number): string {
  const shown = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  if (shown.status === 0) return shown.stdout.trim();
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

/** Signals a process and waits until it is gone; kills it when it is still there after `patienceMs`. */
export async function stopPid(pid: number, signal: NodeJS.Signals, patienceMs = 10_000): Promise<void> {
  const identity = processIdentity(pid);
  if (identity === null) return;
  const send = (what: NodeJS.Signals) => {
    try {
      process.kill(pid, what);
    } catch {
      // Gone between the look and the signal: what was wanted.
    }
  };
  send(signal);
  const end = Date.now() + patienceMs;
  while (processIdentity(pid) === identity) {
    if (Date.now() > end) {
      send('SIGKILL');
      await sleep(200);
      return;
    }
    await sleep(25);
  }
}

/** Stops a child of ours and waits for its end. */
export async function stopChild(
  child: ChildProcess,
  signal: NodeJS.Signals,
  patienceMs = 10_000,
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await gone;
  clearTimeout(timer);
}

function canListen(port: number, host: string): Promise<number | null> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const got = typeof address === 'object' && address ? address.port : port;
      server.close(() => resolve(got));
    });
  });
}

/** Whether nobody listens there. */
export async function portIsFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return (await canListen(port, host)) !== null;
}

/** The wanted port, or the next free one within 50, or any. */
export async function freePort(wanted: number, host = '127.0.0.1'): Promise<number> {
  if (wanted > 0) {
    for (let port = wanted; port < wanted + 50 && port < 65_536; port += 1) {
      if (await portIsFree(port, host)) return port;
    }
  }
  const any = await canListen(0, host);
  if (any === null) throw new Error(`No free port on ${host}.`);
  return any;
}
