import type { ChainWorld } from '@/lib/server/chain-world';
import type { World } from '@/lib/server/world';

// Names every step of the worker that leaves a mark outside its process: each write, each commit, each exchange about a
// transaction. A step is named by where in lib/worker it stands in the call stack, so that the list follows the code.

type OnStep = (name: string) => void;
type Method = (...args: unknown[]) => unknown;

const WRITES =
  /^(create|createMany|createManyAndReturn|update|updateMany|updateManyAndReturn|upsert|delete|deleteMany)$/;
const RAW_WRITE = /\b(INSERT INTO|DELETE FROM|UPDATE(?=\s+"?\w+"?\s+SET))\s+"?(\w+)/i;
const EXCHANGES = ['simulate', 'suggestFees', 'pendingNonce', 'signCall', 'broadcast'];

/** The two innermost functions of lib/worker that lead here, e.g. `ticks:chainRound>send-call:keep`. */
function place(): string {
  const frames = (new Error().stack ?? '').split('\n').flatMap((line) => {
    const found = /at (?:async )?(?:(\S+) \()?.*lib\/worker\/([\w-]+)\.ts/.exec(line);
    return found ? [found[1] ? `${found[2]}:${found[1].replace(/^Object\./, '')}` : String(found[2])] : [];
  });
  return frames.slice(0, 2).reverse().join('>');
}

function bind(target: object, key: PropertyKey): unknown {
  const value: unknown = Reflect.get(target, key, target);
  return typeof value === 'function' ? (value as Method).bind(target) : value;
}

/** Runs one step and names both sides of it. `note`, from its result, tells apart outcomes; null: no step after all. */
async function around(
  name: string,
  onStep: OnStep,
  work: () => unknown,
  note: (result: unknown) => string | null = () => '',
): Promise<unknown> {
  onStep(`before ${name}`);
  const result = await work();
  const more = note(result);
  if (more !== null) onStep(`after ${name}${more}`);
  return result;
}

/** A model of the database whose writes are steps. */
function modelSteps(model: object, name: string, onStep: OnStep, wrote: () => void): object {
  return new Proxy(model, {
    get(target, key) {
      const method = bind(target, key);
      if (typeof method !== 'function' || typeof key !== 'string' || !WRITES.test(key)) return method;
      return (...args: unknown[]) => {
        const step = `${place()} ${name}.${key}`;
        wrote();
        return around(step, onStep, () => (method as Method)(...args));
      };
    },
  });
}

function rawStep(method: Method, args: unknown[], onStep: OnStep, wrote: () => void): unknown {
  const [text] = args as [{ join?: (by: string) => string; sql?: string }];
  const found = RAW_WRITE.exec(text.sql ?? text.join?.('?') ?? '');
  if (!found) return method(...args);
  wrote();
  const step = `${place()} ${found[2]} ${String(found[1]).split(' ')[0]?.toLowerCase()}`;
  return around(step, onStep, () => method(...args));
}

/** A transaction that wrote nothing commits nothing: it is no step. */
async function transactionStep(target: object, args: unknown[], onStep: OnStep): Promise<unknown> {
  const [work, ...options] = args as [(tx: object) => Promise<unknown>, ...unknown[]];
  const begin = bind(target, '$transaction') as Method;
  const name = `${place()} commit`;
  let writes = 0;
  const wrote = () => void (writes += 1);
  const result = await begin(
    async (tx: object) => {
      const inner = await work(databaseSteps(tx, onStep, wrote));
      if (writes > 0) onStep(`before ${name}`);
      return inner;
    },
    ...options,
  );
  if (writes > 0) onStep(`after ${name}`);
  return result;
}

function databaseSteps(db: object, onStep: OnStep, wrote: () => void = () => undefined): object {
  return new Proxy(db, {
    get(target, key) {
      const value = bind(target, key);
      if (key === '$transaction') return (...args: unknown[]) => transactionStep(target, args, onStep);
      if (key === '$executeRaw') return (...args: unknown[]) => rawStep(value as Method, args, onStep, wrote);
      if (typeof key !== 'string' || key.startsWith('$') || typeof value !== 'object' || value === null)
        return value;
      return modelSteps(value, key, onStep, wrote);
    },
  });
}

/** Which kind of answer the chain gave about a transaction. */
function outcomeNote(result: unknown): string | null {
  if (typeof result !== 'object' || result === null) return null;
  return (result as { reverted?: boolean }).reverted ? ' reverted' : ' mined';
}

function transactionSteps(transactions: object, onStep: OnStep): object {
  return new Proxy(transactions, {
    get(target, key) {
      const value = bind(target, key);
      if (typeof value !== 'function' || typeof key !== 'string') return value;
      const method = value as Method;
      const isOutcome = key === 'outcome' || key === 'confirmation';
      if (!isOutcome && !EXCHANGES.includes(key)) return value;
      return (...args: unknown[]) => {
        const step = `${place()} ${key}`;
        return around(step, onStep, () => method(...args), isOutcome ? outcomeNote : undefined);
      };
    },
  });
}

/** The worker's world and chain, with every step of it told first to `onStep`. */
export function withSteps(
  world: World,
  chain: ChainWorld,
  onStep: OnStep,
): { world: World; chain: ChainWorld } {
  Error.stackTraceLimit = 100;
  return {
    world: { ...world, db: databaseSteps(world.db, onStep) as World['db'] },
    chain: {
      ...chain,
      transactions: transactionSteps(chain.transactions, onStep) as ChainWorld['transactions'],
    },
  };
}
