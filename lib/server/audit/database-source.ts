import { Prisma } from '@/prisma/generated/client';
import type { LogSource, RegistrySource } from '@/lib/audit/sources';
import { toHex } from '@/lib/record/hex';
import { processKey } from '@/lib/record/stage-key';
import type { Tx } from '@/lib/server/load-process';
import { logHead, readEntries, readTiles } from '@/lib/server/log-store';
import { anchorRows, ofTender, recordRows, stageRows } from './rows';

/** The log as its rows are; nothing of what the database says of itself is believed. */
export function databaseLog(tx: Tx): LogSource {
  return {
    checkpoint: async () => (await logHead(tx))?.note ?? null,
    entries: (index, width) => readEntries(tx, index, width),
    tile: async (level, index, width) => (await readTiles(tx, [{ level, index, width }]))[0] ?? null,
  };
}

/**
 * The registry as its operator sees it: every record, disclosed or not, of published tenders and of those that are still
 * being prepared. For the operator's own monitor; what strangers see is in `published.ts`.
 */
export function databaseRegistry(tx: Tx): RegistrySource {
  return {
    anchors: (from) => anchorRows(tx, from),
    async processes() {
      const rows = await tx.$queryRaw<{ ocid: string; change: string; published: boolean }[]>`
        SELECT t.ocid, c."tenderId" IS NOT NULL AS published,
               (SELECT count(*) FROM records r WHERE r."tenderId" = t.id) || '-' ||
               (SELECT count(*) FROM records r JOIN log_leaves l ON l.commitment = r.commitment
                 WHERE r."tenderId" = t.id) || '-' ||
               (SELECT count(*) FROM stage_closures s WHERE s."tenderId" = t.id) AS change
          FROM tenders t LEFT JOIN chain_openings c ON c."tenderId" = t.id
         WHERE c."tenderId" IS NOT NULL OR EXISTS (SELECT 1 FROM records r WHERE r."tenderId" = t.id)
         ORDER BY t."createdAt", t.id`;
      return rows.map((row) => ({ ...row, key: toHex(processKey(row.ocid)) }));
    },
    async process(key) {
      const tender = await tenderOfKey(tx, key);
      if (tender === null) return null;
      const [stages, records] = await Promise.all([
        stageRows(tx, tender.id),
        recordRows(tx, ofTender(tender.id)),
      ]);
      return { key, ocid: tender.ocid, stages, records };
    },
    registryRecords: () => recordRows(tx, Prisma.sql`r."tenderId" IS NULL`),
  };
}

/** The tender of a process key; null when there is none. */
export async function tenderOfKey(tx: Tx, key: string): Promise<{ id: string; ocid: string } | null> {
  const rows = await tx.$queryRaw<{ id: string; ocid: string }[]>`
    SELECT id, ocid FROM tenders WHERE sha256(convert_to(ocid, 'UTF8')) = ${Buffer.from(key, 'hex')}`;
  return rows[0] ?? null;
}
