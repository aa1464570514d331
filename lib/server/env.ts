import * as z from 'zod';
import { readWitnessList } from './witness-list';

// The one description of the configuration. `npm start` without DATABASE_URL fills it in for the embedded world;
// with DATABASE_URL the operator does. Values that are secrets never appear in a message.

const privateKey = z
  .string()
  .regex(/^(0x)?[0-9a-fA-F]{64}$/, 'must be a private key: 64 hexadecimal digits')
  .transform((text) => `0x${text.replace(/^0x/, '').toLowerCase()}`);

const url = (protocols: string, what: string) =>
  z.string().refine((text) => {
    const parsed = URL.canParse(text) ? new URL(text) : undefined;
    return parsed !== undefined && protocols.split(' ').includes(parsed.protocol);
  }, what);

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .refine((n) => n >= least && n <= most, `must lie between ${least} and ${most}`);

const databaseUrl = url(
  'postgres: postgresql:',
  'must be an address like postgresql://user:password@host:5432/database',
);

const witnessList = z.string().transform((text, context) => {
  const read = readWitnessList(text);
  if (typeof read !== 'string') return read;
  context.addIssue({ code: 'custom', message: read });
  return z.NEVER;
});

const http = 'must be an address that begins with http:// or https://';

/** Every variable: an absent one takes its default, is optional, or is named as missing. */
const schema = z.object({
  NODE_ENV: z.string().default('production'),
  PORT: wholeNumber(0, 65_535).default(3000),
  DATABASE_URL: databaseUrl,
  /** The owner of the tables: for migrations only, never given to pages or worker. */
  DATABASE_OWNER_URL: databaseUrl.optional(),
  DATABASE_POOL_SIZE: wholeNumber(2, 200).default(10),
  CHAIN_RPC_URL: url('http: https:', http),
  /** What citizens' browsers ask; absent: the same as CHAIN_RPC_URL is not assumed, the platform offers none. */
  CHAIN_PUBLIC_RPC_URL: url('http: https:', http).optional(),
  /** Where readers look a block or a transaction up, `/block/<number>` and `/tx/<hash>` being added; absent: no link. */
  CHAIN_EXPLORER_URL: url('http: https:', http)
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  CHAIN_ID: wholeNumber(1, Number.MAX_SAFE_INTEGER),
  /** Blocks that must hold a transaction, its own included, before it counts as final. */
  CHAIN_CONFIRMATIONS: wholeNumber(1, 10_000).default(12),
  /**
   * What counts as final: what the chain's own `finalized` tag names, so many confirmations, or (auto) the tag where the
   * chain has one and confirmations where it has none.
   */
  CHAIN_FINALITY: z
    .enum(['auto', 'confirmations', 'finalized'], { error: 'must be auto, confirmations or finalized' })
    .default('auto'),
  /** A transaction that is not mined after so many seconds is replaced by one with a higher fee. */
  CHAIN_STUCK_SECONDS: wholeNumber(1, 86_400).default(90),
  /** The most that a unit of gas may cost; above it, calls wait. */
  CHAIN_MAX_FEE_GWEI: wholeNumber(1, 1_000_000).default(500),
  CONTRACT_ADDRESS: z
    .string()
    .regex(/^0x[0-9a-fA-F]{40}$/, 'must be a contract address: 0x and 40 hexadecimal digits'),
  ANCHORER_KEY: privateKey,
  REGISTRAR_KEY: privateKey,
  /** Seed of the log's Ed25519 key (RFC 8032 §5.1.5). */
  LOG_KEY: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, 'must be an Ed25519 seed: 64 hexadecimal digits')
    .transform((text) => text.toLowerCase()),
  /** The log's name in its checkpoints (C2SP tlog-checkpoint: a schema-less address, no spaces, no plus). */
  REGISTRY_ORIGIN: z
    .string()
    .regex(/^[^\s+]{1,200}$/, 'must be a name such as log.example.org/registry, without spaces or +'),
  AUTH_SECRET: z.string().min(32, 'must have at least 32 characters (openssl rand -hex 32 makes one)'),
  BASE_URL: url('http: https:', http).transform((text) => text.replace(/\/+$/, '')),
  STORAGE_DIR: z.string().min(1, 'must name the folder for uploaded files'),
  ANCHOR_INTERVAL_SECONDS: wholeNumber(1, 86_400).default(60),
  /** No anchor is sent in this time before bids are due: longer than the chain takes to mine one. */
  ANCHOR_QUIET_SECONDS: wholeNumber(1, 600).default(30),
  /** What a collector of metrics shows (`Authorization: Bearer …`); absent: there are no metrics to be had. */
  METRICS_TOKEN: z
    .string()
    .regex(
      /^[\x21-\x7e]{24,200}$/,
      'must have 24 to 200 printable characters (openssl rand -hex 32 makes one)',
    )
    .optional(),
  /** Who may cosign the log's checkpoints: `<verifier key>` or `<verifier key> <address>`, between commas. */
  WITNESSES: witnessList.default([]),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
  /** `1` only in the world that the start command itself embeds. */
  DEMO: z.enum(['0', '1'], { error: 'is set by the start command only: leave it out' }).default('0'),
});

/** The names of all variables that are read. */
export const ENV_NAMES: readonly string[] = Object.keys(schema.shape);

/** The chain id of the embedded chain: the one that wallets and tools know as "local". */
export const embeddedChainId = 31337;

export interface Env extends Omit<z.output<typeof schema>, 'DEMO'> {
  /** True only in the embedded demonstration world. */
  DEMO: boolean;
}

export type EnvOutcome = { ok: true; env: Env } | { ok: false; problems: string[] };

const purposes: Partial<Record<keyof Env, string>> = {
  DATABASE_URL: 'the PostgreSQL database',
  CHAIN_RPC_URL: 'the JSON-RPC address of the chain',
  CHAIN_ID: 'the number of the chain, checked against the node',
  CONTRACT_ADDRESS: 'where the ProcurementLedger is deployed',
  ANCHORER_KEY: 'the key that may only anchor the log',
  REGISTRAR_KEY: 'the key that opens tenders and closes stages',
  LOG_KEY: 'the key that signs checkpoints and receipts',
  REGISTRY_ORIGIN: "the registry's name in its checkpoints",
  AUTH_SECRET: 'the secret behind sessions',
  BASE_URL: 'the public address of this site',
  STORAGE_DIR: 'the folder for uploaded files',
};

/** Rules between variables. */
function crossProblems(env: z.output<typeof schema>): string[] {
  const problems: string[] = [];
  if (env.ANCHORER_KEY === env.REGISTRAR_KEY) {
    problems.push(
      'ANCHORER_KEY and REGISTRAR_KEY are the same: the hot key must not be able to close stages.',
    );
  }
  if (env.DEMO === '1') {
    const loopback = ['127.0.0.1', 'localhost', '[::1]'];
    const elsewhere = [env.DATABASE_URL, env.CHAIN_RPC_URL].some(
      (at) => !loopback.includes(new URL(at).hostname),
    );
    if (elsewhere || env.CHAIN_ID !== embeddedChainId) {
      problems.push('DEMO cannot be combined with an external database or chain: remove DEMO.');
    }
  }
  return problems;
}

function explain(issue: z.core.$ZodIssue, source: Record<string, string | undefined>): string {
  const name = String(issue.path[0]);
  if (source[name] !== undefined) return `${name} ${issue.message}.`;
  const purpose = purposes[name as keyof Env];
  return `${name} is missing${purpose ? `: ${purpose}` : ''}.`;
}

/**
 * Checks a whole environment.
 * @returns the typed configuration, or one sentence per problem (all at once; values are never repeated, since
 * some are secrets).
 */
export function parseEnv(source: Record<string, string | undefined>): EnvOutcome {
  // A variable set to nothing is what a deployment template leaves when it was not filled in: absent.
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(present);
  if (!parsed.success) {
    return { ok: false, problems: parsed.error.issues.map((issue) => explain(issue, present)) };
  }
  const problems = crossProblems(parsed.data);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, env: { ...parsed.data, DEMO: parsed.data.DEMO === '1' } };
}

export class ConfigurationError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(
      `The configuration has ${problems.length} problem(s):\n${problems.map((p) => `  - ${p}`).join('\n')}`,
    );
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}

let cached: Env | undefined;

/**
 * The configuration of this process, read once. Not read while a module loads: the production build imports
 * modules without any configuration.
 * @throws ConfigurationError naming every problem.
 */
export function env(): Env {
  if (cached) return cached;
  const outcome = parseEnv(process.env);
  if (!outcome.ok) throw new ConfigurationError(outcome.problems);
  cached = outcome.env;
  return cached;
}

/** Forgets what was read: for tests, which change the environment between worlds. */
export function forgetEnv(): void {
  cached = undefined;
}
