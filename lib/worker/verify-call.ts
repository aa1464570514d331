import { createHash } from 'node:crypto';
import type { ChainCall } from '@/prisma/generated/client';
import { edgeFromTiles, rootOfEdge } from '@/lib/merkle/append';
import { emptyRoot, equalBytes } from '@/lib/merkle/hash';
import { stageTree } from '@/lib/merkle/stage-tree';
import { verifyConsistency } from '@/lib/merkle/verify-consistency';
import { fromHex } from '@/lib/record/hex';
import { ledgerInterface } from '@/lib/server/chain/artifact';
import { logHead, tileReader } from '@/lib/server/log-store';
import type { Tx } from '@/lib/server/load-process';
import type { World } from '@/lib/server/world';
import { MOST_LEAVES, type CallFacts } from './call-facts';

// What is about to be signed is checked against the log itself, by other code than the one that made it: a call that was
// damaged in the database, or made from a damaged one, never reaches the chain.

/** The largest number that the table of anchors takes: a damaged call may name any. */
const LAST_INDEX = 2 ** 31 - 1;

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const bytes = (hex: unknown) => fromHex(String(hex).slice(2), 32);

/** Root of our log at `size`, from its tiles. @throws when a tile is missing */
export async function rootAt(tx: Tx, size: number): Promise<Uint8Array> {
  return size === 0 ? emptyRoot() : rootOfEdge(await edgeFromTiles(tileReader(tx), size));
}

async function wrongExtension(world: World, values: unknown[]): Promise<string | null> {
  const [first, second] = [Number(values[0]), Number(values[1])];
  const newRoot = bytes(values[2]);
  const size = (await logHead(world.db))?.size ?? 0;
  if (second > size) return `size ${second} lies beyond the log, which has ${size} leaves`;
  if (!equalBytes(await rootAt(world.db, second), newRoot)) return `the root is not the log's at ${second}`;
  // The repetition of an anchor stores nothing.
  if (first === second) return null;
  if (first > second || second - first > MOST_LEAVES) return `sizes ${first} and ${second} do not fit`;
  const firstRoot = await rootAt(world.db, first);
  const proof = (values[3] as unknown[]).map(bytes);
  const claim = { first, firstRoot, second, secondRoot: newRoot, proof };
  const proven = verifyConsistency(claim);
  return proven.ok ? null : `the proof from ${first} to ${second} does not hold`;
}

async function wrongStage(
  world: World,
  { leaves }: { leaves: number[] },
  claim: { root: unknown; count: unknown; anchorIndex: number | null },
): Promise<string | null> {
  const rows = await world.db.$queryRaw<{ index: bigint; commitment: Uint8Array }[]>`
    SELECT index, commitment FROM log_leaves WHERE index = ANY(${leaves}::bigint[]) ORDER BY index`;
  if (rows.length !== leaves.length) return 'not all of its leaves are in the log';
  if (rows.some((row, i) => Number(row.index) !== leaves[i])) return 'its leaves are not in log order';
  if (Number(claim.count) !== rows.length) return `it counts ${String(claim.count)} of ${rows.length} leaves`;
  const { rootHash } = stageTree(
    rows.map((row) => row.commitment),
    sha256,
  );
  if (!equalBytes(rootHash, bytes(claim.root))) return 'its root is not that of its leaves';
  if (claim.anchorIndex === null) return null;
  const known = claim.anchorIndex <= LAST_INDEX;
  const anchor = known ? await world.db.anchor.findUnique({ where: { index: claim.anchorIndex } }) : null;
  if (!anchor) return `there is no final anchor ${claim.anchorIndex}`;
  const beyond = leaves.some((index) => BigInt(index) >= anchor.treeSize);
  return beyond ? `a leaf lies beyond anchor ${claim.anchorIndex}` : null;
}

/** The arguments of the call, where its data is one of `method`, to the last byte; null where it is not. */
function argumentsOf({ data, method }: ChainCall): unknown[] | null {
  try {
    const values = ledgerInterface.decodeFunctionData(method, data).toArray(true);
    return ledgerInterface.encodeFunctionData(method, values) === data ? values : null;
  } catch {
    return null;
  }
}

/** Whether the call is of the key and stage that it was written for. */
const isOf = (values: unknown[], { key, stage }: { key: string; stage: number }) =>
  String(values[0]) === `0x${key}` && Number(values[1]) === stage;

/** Recomputes what a call says of the log. @returns what is wrong with it, in words; null when it holds */
export async function wrongCall(world: World, call: ChainCall): Promise<string | null> {
  const facts = call.facts as unknown as CallFacts;
  const values = argumentsOf(call);
  if (values === null) return `its data is not a call of ${call.method}`;
  if ('stage' in facts && !isOf(values, facts)) return 'it is of another stage than it was written for';
  switch (facts.method) {
    case 'extendLog':
      return wrongExtension(world, values);
    case 'closeStage':
      return wrongStage(world, facts, {
        root: values[2],
        count: values[3],
        anchorIndex: Number(values[4]),
      });
    case 'cancel':
      return wrongStage(world, facts, { root: values[2], count: values[3], anchorIndex: null });
    default:
      return null;
  }
}
