import { pino, type Logger } from 'pino';

// Whatever a careless caller hands over, these never reach a log: they open accounts, bids or the chain's keys.
const SECRETS = [
  'password',
  'secret',
  'token',
  'seed',
  'salt',
  'share',
  'shares',
  'privateKey',
  'keySeed',
  'cookie',
  'authorization',
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'AUTH_SECRET',
  'METRICS_TOKEN',
  'LOG_KEY',
  'ANCHORER_KEY',
  'REGISTRAR_KEY',
];

const holder = globalThis as typeof globalThis & { tenderproofLogger?: Logger };

/** The log of this process: one JSON line an event, on standard output. Made at first use, since the level is configuration. */
export function logger(): Logger {
  holder.tenderproofLogger ??= pino({
    level: process.env.LOG_LEVEL ?? 'info',
    base: { pid: process.pid },
    redact: {
      paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.headers["${name}"]`]),
      censor: '[redacted]',
    },
  });
  return holder.tenderproofLogger;
}
