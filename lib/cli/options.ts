import path from 'node:path';
import { parseArgs } from 'node:util';

export interface StartOptions {
  /** Absolute folder of everything the embedded world keeps. */
  dataFolder: string;
  /** Given by the operator (then it must be free), or null: the usual one, else the next free one. */
  port: number | null;
  host: string;
  reset: boolean;
  /** Do not ask before a reset. */
  yes: boolean;
  /** False leaves the demonstration's history out: an empty registry, for tests. */
  seed: boolean;
}

/** Reads the command line and PORT, HOST. @throws Error with a usage line */
export function readStartOptions(args: string[]): StartOptions {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string', default: '.data' },
      port: { type: 'string' },
      reset: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      'no-seed': { type: 'boolean', default: false },
    },
  });
  const wanted = values.port ?? process.env.PORT ?? '';
  const port = wanted === '' ? null : Number(wanted);
  if (port !== null && !(Number.isInteger(port) && port >= 0 && port < 65_536)) {
    throw new Error('PORT must be a whole number from 0 to 65535.');
  }
  return {
    dataFolder: path.resolve(values.data),
    port,
    host: process.env.HOST || 'localhost',
    reset: values.reset,
    yes: values.yes,
    seed: !values['no-seed'],
  };
}
