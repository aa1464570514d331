import { audit } from '@/lib/audit/audit';
import { findingKey, findingText, type Finding } from '@/lib/audit/finding';
import { auditStateSchema, type AuditState } from '@/lib/audit/state';
import { checkStoredRows } from '@/lib/server/audit/check-stored-rows';
import { databaseLog, databaseRegistry } from '@/lib/server/audit/database-source';
import { ledgerSource } from '@/lib/server/audit/ledger-source';
import type { ChainWorld } from '@/lib/server/chain-world';
import { logger } from '@/lib/server/log';
import { toHex } from '@/lib/record/hex';
import { descriptorOf } from '@/lib/server/registry';
import { nativeSha256, nativeSha256Into } from '@/lib/server/sha256';
import { nativeVerify } from '@/lib/server/ed25519';
import type { World } from '@/lib/server/world';

/** The one row of the monitor's state. */
const STATE_ID = 1;
/** Up to so many leaves everything is checked every time; beyond, one part of the old ones each time. */
const WHOLE_UP_TO = 100_000;
const ROUND_MS = 60_000;

async function readState(world: World): Promise<AuditState | null> {
  const row = await world.db.monitorState.findUnique({ where: { id: STATE_ID } });
  const parsed = auditStateSchema.safeParse(row?.state);
  return parsed.success ? parsed.data : null;
}

async function writeState(world: World, state: AuditState): Promise<void> {
  const row = { state, updatedAt: new Date(world.clock.now()) };
  await world.db.monitorState.upsert({
    where: { id: STATE_ID },
    create: { id: STATE_ID, ...row },
    update: row,
  });
}

/** One row for each finding, however often it is seen; cleared when it is seen no more, and never deleted. */
async function writeAlarms(world: World, findings: readonly Finding[]): Promise<void> {
  const now = new Date(world.clock.now());
  const ids: string[] = [];
  for (const finding of findings) {
    const key = findingKey(finding);
    const id = toHex(nativeSha256(new TextEncoder().encode(key)));
    ids.push(id);
    const before = await world.db.alarm.findUnique({ where: { id } });
    if (before?.clearedAt === null) {
      await world.db.alarm.update({ where: { id }, data: { seenAt: now } });
      continue;
    }
    logger().error({ finding }, `monitor: ${findingText(finding)}`);
    const { code, subject, expected, found } = finding;
    const facts = { subject: { ...subject }, expected, found };
    const row = { code, subject: key, facts, raisedAt: now, seenAt: now, clearedAt: null };
    await world.db.alarm.upsert({ where: { id }, create: { id, ...row }, update: row });
  }
  await world.db.alarm.updateMany({
    where: { clearedAt: null, id: { notIn: ids } },
    data: { clearedAt: now },
  });
}

export interface Monitored {
  findings: readonly Finding[];
  /** Of the log. */
  leaves: number;
  /** Everything was checked, not only what is new and a part of the rest. */
  whole: boolean;
}

/**
 * The operator's own audit: the auditor's code over the database and the chain. New leaves and changed processes are
 * checked every time; old ones all at once while the log is small, else a part each time, so that a changed old row is
 * found too. Findings become alarms.
 * @throws when the database or the chain is away: that is for the health of those parts, not an alarm of this one.
 */
export async function runMonitor(world: World, chain: ChainWorld): Promise<Monitored> {
  const state = await readState(world);
  const leaves = state?.size ?? 0;
  const whole = leaves <= WHOLE_UP_TO;
  const parts = Math.ceil(leaves / WHOLE_UP_TO);
  const round = Math.floor(world.clock.now() / ROUND_MS);
  const result = await audit({
    sources: {
      log: databaseLog(world.db),
      ledger: ledgerSource(chain.ledger),
      registry: databaseRegistry(world.db),
    },
    registry: descriptorOf(world.env),
    state,
    full: whole,
    ...(whole ? {} : { slice: { part: round % parts, parts } }),
    now: world.clock.now(),
    hashInto: nativeSha256Into,
    verify: nativeVerify,
  });
  const rows = await checkStoredRows(world, { round, size: result.counts.leaves });
  const findings = [...result.findings, ...rows].filter(({ severity }) => severity === 'error');
  await writeAlarms(world, findings);
  await writeState(world, result.state);
  return { findings, leaves: result.counts.leaves, whole };
}
