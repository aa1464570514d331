import pg from 'pg';

/** What was asked of PostgreSQL: statements, and rows that came back. */
export interface Work {
  statements: number;
  rows: number;
}

type Query = (...args: unknown[]) => unknown;

/**
 * Counts what the work asks of the database. How long an answer takes is noise on a busy machine; what is read for it is
 * not, and is what a difference in time would come from.
 */
export async function counted<T>(work: () => Promise<T>): Promise<{ result: T; work: Work }> {
  const count: Work = { statements: 0, rows: 0 };
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const original = prototype.query;
  const note = (answer: { rows?: unknown[] } | undefined) => (count.rows += answer?.rows?.length ?? 0);
  prototype.query = function (this: pg.Client, ...args: unknown[]) {
    count.statements += 1;
    const callback = args.at(-1);
    // A pool asks with a callback, a client of a transaction for a promise.
    if (typeof callback === 'function') {
      const told = (error: unknown, answer: { rows?: unknown[] } | undefined) => {
        note(answer);
        (callback as (...of: unknown[]) => void)(error, answer);
      };
      return original.apply(this, [...args.slice(0, -1), told]);
    }
    const asked = original.apply(this, args);
    if (asked instanceof Promise) void asked.then(note, () => undefined);
    return asked;
  };
  try {
    return { result: await work(), work: count };
  } finally {
    prototype.query = original;
  }
}
