import { spawn } from 'node:child_process';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Figure } from './figure';
import { randomFile, sealFiles } from './sealing-files';

const MB = 1_000_000;
const MIB = 1024 * 1024;
const ROUNDS = 3;

/** Collects what nobody refers to any more, at once. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/** The most bytes in buffers at once, in MiB, while this file is sealed from the disk to the disk; garbage does not count. */
async function heldWhileSealing(file: string, envelope: string, collect: () => void): Promise<number> {
  const held = () => {
    collect();
    return process.memoryUsage().arrayBuffers;
  };
  const before = held();
  let most = 0;
  await sealFiles([file], envelope, () => (most = Math.max(most, held())));
  return (most - before) / MIB;
}

/** The high-water mark in MiB of a process that seals this file and does nothing else. */
function residentWhileSealing(file: string, envelope: string): Promise<number> {
  const script = path.join(import.meta.dirname, 'seal-alone.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, file, envelope], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (piece) => (said += String(piece)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(Number(said) / 1024) : reject(new Error(`Sealing alone ended with ${code}`)),
    );
  });
}

async function inRounds(measure: () => Promise<number>): Promise<number[]> {
  const runs: number[] = [];
  for (let i = 0; i < ROUNDS; i += 1) runs.push(await measure());
  return runs;
}

/** The memory that sealing takes in Node, for a small and for a large offer. */
export async function memoryInNode(folder: string): Promise<Figure[]> {
  const collect = collector();
  const envelope = path.join(folder, 'memory.envelope');
  const small = await randomFile(folder, 'small.pdf', 10 * MB);
  const large = await randomFile(folder, 'large.pdf', 100 * MB);
  const of = (file: string) => inRounds(() => heldWhileSealing(file, envelope, collect));
  const constant = await of(small);
  const runs = (await of(large)).map((most, i) => most - (constant[i] ?? 0));
  const residentSmall = await inRounds(() => residentWhileSealing(small, envelope));
  const resident = await inRounds(() => residentWhileSealing(large, envelope));
  return [
    {
      name: 'Node: what sealing 100 MB from the disk to the disk holds at once, beyond what 10 MB need',
      unit: 'MiB',
      runs,
      wanted: [{ of: 'value', atMost: 3 }],
      note: `Bytes in buffers, garbage collected at each chunk; 10 MB need ${Math.max(...constant).toFixed(1)} MiB. At most 3 chunks of 1 MiB more are wanted.`,
    },
    {
      name: 'Node: high-water mark of a process that seals 100 MB from the disk to the disk',
      unit: 'MiB',
      runs: resident,
      floor: { name: 'a process that seals 10 MB', runs: residentSmall },
      wanted: [],
      note: 'Resident memory with garbage that was not collected yet, and Node itself.',
    },
  ];
}
