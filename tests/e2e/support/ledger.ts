import { createHash } from 'node:crypto';
import { expect } from '@playwright/test';
import { inside, tenderId } from './inside';

const sha256 = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();

/** RFC 9162 §2.1.1, word for word: the slow tree, sharing no code with the product. */
function naiveRoot(commitments: readonly Uint8Array[]): Buffer {
  const [only] = commitments;
  if (only === undefined) return sha256();
  if (commitments.length === 1) return sha256(Buffer.of(0), only);
  let k = 1;
  while (k * 2 < commitments.length) k *= 2;
  return sha256(Buffer.of(1), naiveRoot(commitments.slice(0, k)), naiveRoot(commitments.slice(k)));
}

/** How the chain names a process: SHA-256 of its ocid. */
export const keyOf = (ocid: string): string => sha256(Buffer.from(ocid)).toString('hex');

export interface Row {
  id: string;
  type: string;
  stage: number;
  commitment: string;
  /** Log index; null until sequenced. */
  index: number | null;
  person: string;
  data: Record<string, unknown>;
}

/** The records of a process as the database holds them, in the order of the log. */
export async function records(ocid: string): Promise<Row[]> {
  const rows = await inside().sql(
    `SELECT r.id, r.type, r.stage, encode(r.commitment, 'hex') AS commitment, l.index, r."personId" AS person, e.text
       FROM records r JOIN entries e ON e."recordId" = r.id LEFT JOIN log_leaves l ON l.commitment = r.commitment
      WHERE r."tenderId" = $1 ORDER BY r.filing`,
    [await tenderId(ocid)],
  );
  return rows.map((row) => ({
    id: String(row.id),
    type: String(row.type),
    stage: Number(row.stage),
    commitment: String(row.commitment),
    index: row.index === null ? null : Number(row.index),
    person: String(row.person),
    data: (JSON.parse(String(row.text)) as { record: { data: Record<string, unknown> } }).record.data,
  }));
}

export const typesOf = async (ocid: string): Promise<string[]> =>
  (await records(ocid)).map((row) => row.type);

/** The phase that the database's row is in, for lists and clocks. */
export async function storedPhase(ocid: string): Promise<string> {
  const [row] = await inside().sql('SELECT phase FROM tenders WHERE ocid = $1', [ocid]);
  return String(row?.phase);
}

/**
 * Stages 0 to `last` are closed on chain, one after the other, each with the root and the number of exactly the records
 * that the database holds for it, under an anchor that contains them; the next stage is open.
 */
export async function expectClosed(ocid: string, last: number): Promise<void> {
  const { ledger } = inside();
  const filed = await records(ocid);
  let block = 0;
  for (let stage = 0; stage <= last; stage += 1) {
    const leaves = filed
      .filter((row) => row.stage === stage)
      .toSorted((a, b) => Number(a.index) - Number(b.index));
    const closed = await ledger.stageOf(keyOf(ocid), stage);
    const root = naiveRoot(leaves.map((row) => Buffer.from(row.commitment, 'hex'))).toString('hex');
    expect(closed, `stage ${stage}`).toMatchObject({ rootHash: root, count: leaves.length });
    expect(closed!.blockNumber, `stage ${stage} closes after the one before`).toBeGreaterThan(block);
    block = closed!.blockNumber;
    const anchor = await ledger.anchorAt(closed!.anchorIndex);
    for (const { index } of leaves) expect(index).toBeLessThan(anchor.treeSize);
  }
  expect(await ledger.stageOf(keyOf(ocid), last + 1), `stage ${last + 1} is open`).toBeNull();
}

/** Waits until the chain has closed `stage`. */
export async function untilClosed(ocid: string, stage: number): Promise<void> {
  const { ledger } = inside();
  await expect
    .poll(async () => (await ledger.stageOf(keyOf(ocid), stage)) !== null, {
      message: `stage ${stage} closes on chain`,
      timeout: 60_000,
      intervals: [500],
    })
    .toBe(true);
}
