import { Prisma } from '@/prisma/generated/client';
import { DISCLOSURE } from '@/lib/procedure/disclosure';
import { RECORD_TYPES, type RecordType } from '@/lib/record/catalogue';
import type { Tx } from './load-process';

/** A disclosed document whose digest begins with what was asked (protocol §5). */
export interface Candidate {
  sha256: string;
  recordId: string;
  /** Null for a record of the whole registry. */
  ocid: string | null;
  stage: number | null;
  type: string;
  title: string;
}

type PublicMoment = (typeof DISCLOSURE)[RecordType]['public'];

/**
 * The public moments of the disclosure table as conditions on a record `r`, so that a search over all documents need
 * not load every process. Complete by its type; a test holds it to `mayRead`.
 */
const REACHED: Record<PublicMoment, Prisma.Sql> = {
  filing: Prisma.sql`TRUE`,
  publication: Prisma.sql`EXISTS (SELECT 1 FROM chain_openings o WHERE o."tenderId" = r."tenderId")`,
  opening: Prisma.sql`EXISTS (SELECT 1 FROM records x WHERE x."tenderId" = r."tenderId" AND x.type = 'opening-report'
    AND x.lot IS NOT DISTINCT FROM r.lot AND x.part IS NOT DISTINCT FROM r.part)`,
  shortlist: Prisma.sql`EXISTS (SELECT 1 FROM chain_units u
      JOIN stage_closures s ON s.key = u.key AND s.stage = 4
      JOIN records x ON x."tenderId" = u."tenderId" AND x.type = 'shortlist-approved' AND x.lot = u.lot AND x.part = u.part
     WHERE u."tenderId" = r."tenderId" AND u.lot = r.lot AND u.part = r.part)`,
  // A first envelope's records are shown with the award on the second.
  announcement: Prisma.sql`(EXISTS (SELECT 1 FROM chain_openings o WHERE o."tenderId" = r."tenderId" AND r.lot IS NULL
    AND o.award IS NOT NULL AND o."standstillEnds" IS NOT NULL AND o."announcedAt" IS NOT NULL)
    OR EXISTS (SELECT 1 FROM chain_units u WHERE u."tenderId" = r."tenderId" AND u.lot = r.lot
    AND u.part = CASE r.part WHEN 'technical' THEN 'financial' ELSE r.part END
    AND u.award IS NOT NULL AND u."standstillEnds" IS NOT NULL AND u."announcedAt" IS NOT NULL))`,
  never: Prisma.sql`FALSE`,
};

const DISCLOSED = Prisma.join(
  (Object.keys(REACHED) as PublicMoment[]).map((moment) => {
    const types = RECORD_TYPES.filter((type) => DISCLOSURE[type].public === moment);
    return types.length === 0
      ? Prisma.sql`FALSE`
      : Prisma.sql`(r.type IN (${Prisma.join(types)}) AND ${REACHED[moment]})`;
  }),
  ' OR ',
);

const FROM = Prisma.sql`
  FROM record_documents d
  JOIN records r ON r.id = d."recordId"
  JOIN entries e ON e."recordId" = r.id
  LEFT JOIN tenders t ON t.id = r."tenderId"
  WHERE (${DISCLOSED})`;

/** Most candidates in one answer: the published prefix leaves 50 to 800 on average. */
export const MOST_CANDIDATES = 1000;

/** Candidates for a prefix of a digest (hex, possibly empty); null when there are more than one answer holds. */
export async function findDocuments(tx: Tx, prefix: string): Promise<Candidate[] | null> {
  const rows = await tx.$queryRaw<Candidate[]>`
    SELECT d.sha256, r.id AS "recordId", t.ocid, r.stage, r.type, d.title
    ${FROM} AND d.sha256 LIKE ${`${prefix}%`}
    ORDER BY d.sha256, r.filing
    LIMIT ${MOST_CANDIDATES + 1}`;
  return rows.length > MOST_CANDIDATES ? null : rows;
}

/** How many hex digits may be named so that at least this many documents are meant on average. */
const HIDING_AMONG = 50;

/** Longest prefix (hex digits) that still leaves 50 candidates among `documents`; 0 while there are too few. */
export const prefixLengthFor = (documents: number): number =>
  documents < HIDING_AMONG ? 0 : Math.min(64, Math.floor(Math.log2(documents / HIDING_AMONG) / 4));

export async function prefixLength(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: bigint }[]>`SELECT count(*) AS count ${FROM}`;
  return prefixLengthFor(Number(row?.count ?? 0));
}
