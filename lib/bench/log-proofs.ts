import { randomInt } from 'node:crypto';
import { leafHashBy } from '@/lib/merkle/hash';
import { proofFromTiles } from '@/lib/merkle/tile';
import { verifyConsistency } from '@/lib/merkle/verify-consistency';
import { verifyInclusion } from '@/lib/merkle/verify-inclusion';
import { pool } from '@/lib/server/db';
import { servedProofs, tileReader } from '@/lib/server/log-store';
import { nativeSha256 } from '@/lib/server/sha256';
import type { BenchWorld } from './database';
import { median, percentile, timed, type Figure } from './figure';
import { fileMany, sequenceAll } from './log-sequencing';

const LEAVES = 1_000_000;
const ROUNDS = 5;
const PROOFS = 300;

/** Grows the log to a million leaves with the real sequencer. */
async function grow(bench: BenchWorld): Promise<void> {
  for (;;) {
    const size = await bench.world.db.leaf.count();
    if (size >= LEAVES) break;
    await fileMany(bench, Math.min(100_000, LEAVES - size));
    await sequenceAll(bench);
  }
  // What the database does after so much writing at once is no part of a proof.
  await bench.pool.query('VACUUM ANALYZE');
  await bench.pool.query('CHECKPOINT');
}

interface Timed {
  ms: number;
  check(): Promise<boolean>;
}

async function inclusion({ world }: BenchWorld): Promise<Timed> {
  const treeSize = randomInt(1, LEAVES + 1);
  const index = randomInt(treeSize);
  let proof: Uint8Array[] = [];
  const ms = await timed(async () => {
    proof = await servedProofs(pool()).inclusion(index, treeSize);
  });
  const check = async () => {
    const leaf = await world.db.leaf.findUniqueOrThrow({ where: { index: BigInt(index) } });
    const rootHash = await proofFromTiles(tileReader(world.db)).root(treeSize);
    const leafHash = leafHashBy(nativeSha256, leaf.commitment);
    return verifyInclusion({ leafHash, index, treeSize, rootHash, proof }).ok;
  };
  return { ms, check };
}

async function consistency({ world }: BenchWorld): Promise<Timed> {
  const second = randomInt(1, LEAVES + 1);
  const first = randomInt(1, second + 1);
  let proof: Uint8Array[] = [];
  const ms = await timed(async () => {
    proof = await servedProofs(pool()).consistency(first, second);
  });
  const check = async () => {
    const proofs = proofFromTiles(tileReader(world.db));
    const firstRoot = await proofs.root(first);
    return verifyConsistency({ first, firstRoot, second, secondRoot: await proofs.root(second), proof }).ok;
  };
  return { ms, check };
}

/** The floor: one question to the database that reads nothing. */
const ask = () => timed(() => pool().query('SELECT 1'));

async function manyProofs(name: string, bench: BenchWorld, one: typeof inclusion): Promise<Figure> {
  const runs: number[] = [];
  const floorRuns: number[] = [];
  const all: number[] = [];
  await one(bench);
  for (let round = 0; round < ROUNDS; round += 1) {
    const proofs: Timed[] = [];
    const asked: number[] = [];
    for (let i = 0; i < PROOFS; i += 1) {
      asked.push(await ask());
      proofs.push(await one(bench));
    }
    const took = proofs.map(({ ms }) => ms);
    all.push(...took);
    runs.push(percentile(took, 0.95));
    floorRuns.push(percentile(asked, 0.95));
    for (const proof of proofs.slice(0, 20))
      if (!(await proof.check())) throw new Error(`A proof (${name}) does not verify`);
  }
  return {
    name: `${name}, from tiles in PostgreSQL, for 95 proofs in 100`,
    unit: 'ms',
    runs,
    floor: { name: 'one query that reads nothing', runs: floorRuns },
    wanted: [{ of: 'value', below: 5 }],
    note: `Half of them within ${median(all).toFixed(1)} ms.`,
  };
}

/** Proofs for any leaf and any sizes of a log of a million leaves, as the server makes them for evidence. */
export async function proofs(bench: BenchWorld): Promise<Figure[]> {
  await grow(bench);
  const of = `in a log of ${LEAVES.toLocaleString('en')} leaves`;
  return [
    await manyProofs(`inclusion proof of any leaf at any size ${of}`, bench, inclusion),
    await manyProofs(`consistency proof between any two sizes ${of}`, bench, consistency),
  ];
}
