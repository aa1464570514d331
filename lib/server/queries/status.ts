import { readHealth } from '../health';
import { registryDescriptor } from '../registry';
import { world, type World } from '../world';
import { overall, standings, type Backlog } from './standings';
import { witnessStatus } from './witness-status';

const HOUR = 3_600_000;
/** How many alarms a page lists; the count is of all. */
const ALARMS = 20;
/** Calls that no block holds for good yet. */
const UNDER_WAY = ['pending', 'signed', 'sent'];

const milliseconds = (time: Date | undefined) => time?.getTime() ?? null;

async function logFacts({ db }: World) {
  const [head, anchor, filings, oldest] = await Promise.all([
    db.checkpoint.findFirst({ orderBy: { treeSize: 'desc' } }),
    db.anchor.findFirst({ orderBy: { index: 'desc' } }),
    db.filing.count(),
    db.filing.findFirst({ orderBy: { id: 'asc' }, select: { filedAt: true } }),
  ]);
  const anchoredSize = Number(anchor?.treeSize ?? 0);
  const treeSize = Number(head?.treeSize ?? 0);
  const first = await db.checkpoint.findFirst({
    where: { treeSize: { gt: BigInt(anchoredSize) } },
    orderBy: { treeSize: 'asc' },
    select: { time: true },
  });
  return {
    treeSize,
    anchoredSize,
    checkpointTime: milliseconds(head?.time),
    lastAnchor: anchor && {
      index: anchor.index,
      treeSize: anchoredSize,
      time: anchor.time.getTime(),
      blockNumber: anchor.blockNumber,
      transactionHash: anchor.transactionHash,
    },
    filings,
    oldestFiling: milliseconds(oldest?.filedAt),
    unanchored: Math.max(0, treeSize - anchoredSize),
    oldestUnanchored: milliseconds(first?.time),
  };
}

async function callFacts({ db, clock }: World) {
  const open = { status: { in: UNDER_WAY } };
  const [rows, mined, oldest, failedCalls, stuckTenders] = await Promise.all([
    db.chainCall.groupBy({ by: ['status'], where: open, _count: true }),
    db.chainCall.count({ where: { ...open, blockNumber: { not: null } } }),
    db.chainCall.findFirst({
      where: open,
      orderBy: { createdAt: 'asc' },
      select: { createdAt: true },
    }),
    // An old failure has been written anew since, or concerns nobody any more.
    db.chainCall.count({ where: { status: 'failed', createdAt: { gt: new Date(clock.now() - HOUR) } } }),
    db.tender.count({ where: { stuck: { not: null } } }),
  ]);
  const count = (status: string) => rows.find((row) => row.status === status)?._count ?? 0;
  return {
    calls: {
      pending: count('pending'),
      signed: count('signed'),
      sent: count('sent'),
      /** Of these: in a block that is not final yet. */
      mined,
    },
    oldestCall: milliseconds(oldest?.createdAt),
    failedCalls,
    stuckTenders,
  };
}

async function alarmFacts({ db }: World) {
  const open = { clearedAt: null };
  const [count, rows] = await Promise.all([
    db.alarm.count({ where: open }),
    db.alarm.findMany({ where: open, orderBy: { raisedAt: 'asc' }, take: ALARMS }),
  ]);
  const list = rows.map(({ id, code, subject, raisedAt }) => ({
    id,
    code,
    subject,
    raisedAt: raisedAt.getTime(),
  }));
  return { count, list };
}

/**
 * How the registry stands: what the page, the interface for machines and the metrics say, each in its way. Nothing secret,
 * and nothing about single procedures. Times in milliseconds since the epoch.
 */
export async function registryStatus(here: World = world()) {
  const { env, clock, db } = here;
  const [log, calls, alarms, reports, witnesses] = await Promise.all([
    logFacts(here),
    callFacts(here),
    alarmFacts(here),
    readHealth(db),
    witnessStatus(here),
  ]);
  // Asked after the tables: nothing that they hold is younger than now.
  const now = clock.now();
  const intervalSeconds = env.ANCHOR_INTERVAL_SECONDS;
  const backlog: Backlog = {
    filings: log.filings,
    oldestFiling: log.oldestFiling,
    unanchored: log.unanchored,
    oldestUnanchored: log.oldestUnanchored,
    anchorPromise: (3 * intervalSeconds + env.ANCHOR_QUIET_SECONDS) * 1000,
    stuckTenders: calls.stuckTenders,
    failedCalls: calls.failedCalls,
  };
  const parts = standings(reports, backlog, now);
  const facts = { alarms: alarms.count, anchored: log.lastAnchor !== null, now };
  return {
    ...log,
    ...calls,
    alarms,
    witnesses,
    backlog,
    parts,
    overall: overall(parts, backlog, facts),
    intervalSeconds,
    /** Whose word it is that a block is final, and how many blocks must hold a transaction where they are counted. */
    finality: { rule: env.CHAIN_FINALITY, confirmations: env.CHAIN_CONFIRMATIONS },
    explorer: env.CHAIN_EXPLORER_URL ?? null,
    registry: registryDescriptor(),
    now,
  };
}

export type RegistryStatus = Awaited<ReturnType<typeof registryStatus>>;
