import { logger } from './log';
import { logIsLate } from './queries/standings';
import { registryStatus } from './queries/status';
import type { World } from './world';

/** Longer than this (milliseconds), a database that does not answer is not waited for: whoever asks asks again soon. */
const PATIENCE = 5000;

const rfc3339 = (time: number | null) => (time === null ? null : new Date(time).toISOString());

/** What `/api/v1/health` answers; `ok` alone while the database does not answer. */
export async function machineHealth(world: World) {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE} ms`)), PATIENCE);
  });
  try {
    const status = await Promise.race([registryStatus(world), patience]);
    return {
      // The chain may be away, and filing goes on: a load balancer must not take the site away for it.
      ok: !logIsLate(status.backlog, status.now),
      condition: status.overall.condition,
      treeSize: status.treeSize,
      checkpointAt: rfc3339(status.checkpointTime),
      filingsWaiting: status.filings,
      oldestFilingAt: rfc3339(status.oldestFiling),
      anchoredSize: status.anchoredSize,
      anchoredAt: rfc3339(status.lastAnchor?.time ?? null),
      oldestUnanchoredAt: rfc3339(status.oldestUnanchored),
      openAlarms: status.alarms.count,
      parts: status.parts.map(({ part, state, code, since, checkedAt }) => ({
        part,
        state,
        code,
        since: rfc3339(since),
        checkedAt: rfc3339(checkedAt),
      })),
    };
  } catch (error) {
    logger().error({ err: error }, 'health: the database does not answer');
    return { ok: false };
  } finally {
    clearTimeout(timer);
  }
}
