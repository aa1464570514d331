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
  prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const asked = original.apply(this, args);
    if (asked instanceof Promise) {
      count.statements += 1;
      void asked.then(
        (answer: { rows?: unknown[] }) => (count.rows += answer.rows?.length ?? 0),
        () => undefined,
      );
    }
    return asked;
  };
  try {
    return { result: await work(), work: count };
  } finally {
    prototype.query = original;
  }
}
