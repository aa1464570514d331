import { createHash, timingSafeEqual } from 'node:crypto';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { RegistryStatus } from './queries/status';

const PREFIX = 'tenderproof_';

const holder = globalThis as typeof globalThis & { tenderproofProcess?: Registry };

/** Memory, processor and event loop of this web process. One for the process: each collection leaves observers behind. */
function processMetrics(): Registry {
  if (!holder.tenderproofProcess) {
    holder.tenderproofProcess = new Registry();
    collectDefaultMetrics({ register: holder.tenderproofProcess });
  }
  return holder.tenderproofProcess;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * Whether the request carries the token. Loopback opens nothing: a route does not learn its peer's address, and behind a
 * proxy everybody comes from loopback. Digests are compared, so that neither length nor beginning shows in the time taken.
 */
export function mayReadMetrics(request: Request, token: string): boolean {
  const given = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

type Sample = readonly [value: number | null, labels?: Record<string, string>];

/** Writes one gauge; a sample that is not known is left out, and so is a gauge without any. */
function gauge(registry: Registry, name: string, help: string, samples: readonly Sample[]): void {
  const known = samples.filter((sample): sample is [number, Record<string, string>?] => sample[0] !== null);
  if (known.length === 0) return;
  const labelNames = Object.keys(known[0]?.[1] ?? {});
  const made = new Gauge({ name: PREFIX + name, help, labelNames, registers: [registry] });
  for (const [value, labels] of known) made.set(labels ?? {}, value);
}

/** A fact that a part reported, as a number; decimal text (wei) too. */
function numeric(fact: string | number | undefined): number | null {
  const value = typeof fact === 'string' && /^\d{1,40}$/.test(fact) ? Number(fact) : fact;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function logGauges(registry: Registry, status: RegistryStatus): void {
  const age = (time: number | null | undefined) =>
    time == null ? null : Math.max(0, (status.now - time) / 1000);
  const wait = (time: number | null) => age(time) ?? 0;
  const one = (name: string, help: string, value: number | null) => gauge(registry, name, help, [[value]]);
  one('log_size', 'Commitments in the log.', status.treeSize);
  one('log_anchored_size', 'Commitments that an anchor on the chain covers.', status.anchoredSize);
  one('filings_waiting', 'Commitments filed and not yet in the log.', status.filings);
  one('filing_oldest_wait_seconds', 'Wait of the oldest of them; 0 for none.', wait(status.oldestFiling));
  one('anchor_waiting', 'Commitments in the log that wait for an anchor.', status.unanchored);
  one('anchor_oldest_wait_seconds', 'Wait of the oldest of them; 0 for none.', wait(status.oldestUnanchored));
  one('checkpoint_age_seconds', 'Since the newest checkpoint was signed.', age(status.checkpointTime));
  one(
    'anchor_age_seconds',
    'Since the newest anchor, by the time of its block.',
    age(status.lastAnchor?.time),
  );
}

/** Figures that parts report themselves. */
function factGauges(registry: Registry, parts: RegistryStatus['parts']): void {
  const balance = parts.find(({ part }) => part === 'balance')?.facts ?? {};
  gauge(registry, 'balance_wei', 'What the poorer of the two accounts holds.', [[numeric(balance.wei)]]);
  gauge(registry, 'balance_days', 'Days that it lasts at the present rate.', [[numeric(balance.days)]]);
  const proofs = parts.find(({ part }) => part === 'proofs')?.facts ?? {};
  gauge(
    registry,
    'stage_proofs',
    'Closed stages whose evidence carries storage proofs, and those that wait for theirs.',
    [
      [numeric(proofs.carried), { status: 'carried' }],
      [numeric(proofs.waiting), { status: 'waiting' }],
    ],
  );
}

function workGauges(registry: Registry, status: RegistryStatus): void {
  const { calls, parts, now } = status;
  gauge(
    registry,
    'chain_calls',
    'Transactions under way (mined: in a block that is not final), and those refused in the last hour.',
    [
      [calls.pending, { status: 'pending' }],
      [calls.signed, { status: 'signed' }],
      [calls.sent - calls.mined, { status: 'sent' }],
      [calls.mined, { status: 'mined' }],
      [status.failedCalls, { status: 'failed' }],
    ],
  );
  const oldest = status.oldestCall === null ? 0 : Math.max(0, (now - status.oldestCall) / 1000);
  gauge(registry, 'chain_call_oldest_wait_seconds', 'Age of the oldest transaction under way.', [[oldest]]);
  gauge(registry, 'tenders_stuck', 'Procedures in which a step waits.', [[status.stuckTenders]]);
  gauge(
    registry,
    'part_up',
    '1 while the part works (warnings included), 0 while it is down or silent.',
    parts.map(({ part, state }) => [state === 'ok' || state === 'warning' ? 1 : 0, { part }]),
  );
  gauge(
    registry,
    'part_state',
    'Always 1; the labels say how the part stands.',
    parts.map(({ part, state, code }) => [1, { part, state, code }]),
  );
  gauge(
    registry,
    'part_report_age_seconds',
    'Since the part last reported.',
    parts.map(({ part, checkedAt }) => [checkedAt === null ? null : (now - checkedAt) / 1000, { part }]),
  );
  factGauges(registry, parts);
  const each = (of: (witness: RegistryStatus['witnesses'][number]) => number) =>
    status.witnesses.map((witness): Sample => [of(witness), { witness: witness.name }]);
  gauge(
    registry,
    'witness_lag_seconds',
    'How long the oldest checkpoint waits that the witness has not cosigned; 0 for none.',
    each(({ lagSeconds }) => lagSeconds),
  );
  gauge(
    registry,
    'witness_lag',
    'Commitments that the witness has not cosigned.',
    each(({ lastSize }) => Math.max(0, status.treeSize - (lastSize ?? 0))),
  );
  gauge(registry, 'alarms_open', "Findings of the operator's monitor that still hold.", [
    [status.alarms.count],
  ]);
}

/** The metrics in Prometheus's text format: what the database says at this moment, and this process's own. */
export async function metricsText(status: RegistryStatus): Promise<{ text: string; contentType: string }> {
  const registry = new Registry();
  logGauges(registry, status);
  workGauges(registry, status);
  const own = await registry.metrics();
  return { text: `${own}\n${await processMetrics().metrics()}`, contentType: registry.contentType };
}
