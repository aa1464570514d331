import { createHash } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { AbiCoder, concat } from 'ethers';
import { ledgerBytecode } from '@/lib/server/chain/artifact';
import * as calls from '@/lib/server/chain/calls';
import { dearestPair, equalProof, equalRoot } from './gas-tree';

// What each call of the contract costs: the whole gas of the transaction (its call data and the 21,000 of every
// transaction included), measured on a fresh anvil. The accounts are the chain's to impersonate; no keys, no signatures.

/** One JSON-RPC call. */
export type Rpc = (method: string, params: unknown[]) => Promise<unknown>;

export interface GasFigure {
  call: string;
  /** What was measured: sizes, stage, number of units. */
  of: string;
  gas: number;
  /** The bound that a test enforces; null where there is none. */
  limit: number | null;
}

const account = (name: string) => `0x${createHash('sha256').update(name).digest('hex').slice(0, 40)}`;
const hash = (name: string) => createHash('sha256').update(name).digest('hex');
const ROLES = {
  admin: account('admin'),
  anchorer: account('anchorer'),
  registrar: account('registrar'),
  reviewer: account('reviewer'),
  anyone: account('anyone'),
};
type Role = keyof typeof ROLES;

const MOST_LEAVES = 2 ** 20;
const PLENTY = '0x56bc75e2d63100000';
const DAY = 86_400;

interface Chain {
  rpc: Rpc;
  contract: string;
  /** Sends, and gives the gas of the mined transaction. @throws with the contract's refusal. */
  send: (role: Role, data: string) => Promise<number>;
  /** The time of the newest block, in seconds. */
  now: () => Promise<number>;
  /** The next block is this many seconds later. */
  pass: (seconds: number) => Promise<void>;
}

interface Receipt {
  status: string;
  gasUsed: string;
  contractAddress: string;
}

/** The chain mines on demand, but answers before it has. */
async function receiptOf(rpc: Rpc, sent: string): Promise<Receipt> {
  for (let i = 0; i < 500; i += 1) {
    const receipt = (await rpc('eth_getTransactionReceipt', [sent])) as Receipt | null;
    if (receipt) return receipt;
    await sleep(5);
  }
  throw new Error(`the transaction ${sent} was not mined`);
}

async function transact(rpc: Rpc, from: string, to: string | undefined, data: string) {
  const request = { from, to, data, gas: '0x1c9c380' };
  const sent = (await rpc('eth_sendTransaction', [request])) as string;
  const receipt = await receiptOf(rpc, sent);
  return { ok: receipt.status === '0x1', gas: Number(receipt.gasUsed), created: receipt.contractAddress };
}

async function whyRefused(rpc: Rpc, from: string, to: string, data: string): Promise<string> {
  try {
    await rpc('eth_estimateGas', [{ from, to, data }]);
    return 'nothing';
  } catch (error) {
    return String(error);
  }
}

async function openChain(rpc: Rpc): Promise<{ chain: Chain; deployment: number }> {
  await rpc('anvil_autoImpersonateAccount', [true]);
  // The machine's clock would move a figure by the odd zero byte in a time.
  await rpc('anvil_setBlockTimestampInterval', [1]);
  for (const address of Object.values(ROLES)) await rpc('anvil_setBalance', [address, PLENTY]);
  const { admin, anchorer, registrar, reviewer, anyone } = ROLES;
  const holders = AbiCoder.defaultAbiCoder().encode(
    ['address', 'address', 'address', 'address'],
    [admin, anchorer, registrar, reviewer],
  );
  const made = await transact(rpc, anyone, undefined, concat([ledgerBytecode, holders]));
  const contract = made.created;
  const now = async () => {
    const block = (await rpc('eth_getBlockByNumber', ['latest', false])) as { timestamp: string };
    return Number(block.timestamp);
  };
  const send = async (role: Role, data: string) => {
    const { ok, gas } = await transact(rpc, ROLES[role], contract, data);
    if (!ok) throw new Error(`refused: ${await whyRefused(rpc, ROLES[role], contract, data)}`);
    return gas;
  };
  const pass = async (seconds: number) => {
    await rpc('evm_setNextBlockTimestamp', [(await now()) + seconds]);
  };
  return { chain: { rpc, contract, send, now, pass }, deployment: made.gas };
}

const extend = (chain: Chain, oldSize: number, newSize: number) => {
  const call = { oldSize, newSize, newRoot: equalRoot(newSize), proof: equalProof(oldSize, newSize) };
  return chain.send('anchorer', calls.encodeExtendLog(call));
};

/** From a log of `base` leaves on the chain: each pair on a state of its own. */
async function measureExtensions(
  chain: Chain,
  base: number,
  size: number,
  limit: number,
): Promise<GasFigure[]> {
  const batches = [1, 10, 1_000, 4_096].map((leaves): [number, number] => [size - leaves, size]);
  const figures: GasFigure[] = [];
  for (const [oldSize, newSize] of [...batches, dearestPair(size, MOST_LEAVES)]) {
    const before = await chain.rpc('evm_snapshot', []);
    const halfway = Math.floor((base + oldSize) / 2);
    if (oldSize !== base) {
      await extend(chain, base, halfway);
      await extend(chain, halfway, oldSize);
    }
    const gas = await extend(chain, oldSize, newSize);
    await chain.rpc('evm_revert', [before]);
    figures.push({ call: 'extendLog', of: `${oldSize} to ${newSize}`, gas, limit });
  }
  return figures;
}

const STAGES = ['planning', 'tender', 'bids', 'opening', 'evaluation', 'award', 'contract', 'implementation'];
const CLOSE_LIMIT = 90_000;

async function announce(chain: Chain, key: string): Promise<number> {
  const call = { key, commitment: hash('award'), standstillEnds: (await chain.now()) + 12 * DAY };
  return chain.send('registrar', calls.encodeAnnounceAward(call));
}

/** Closes stages `from` to `to`, each with a full record; announces the award on the way. */
async function closeAll(
  chain: Chain,
  what: string,
  key: string,
  from: number,
  to: number,
  anchorIndex: number,
) {
  const figures: GasFigure[] = [];
  for (let stage = from; stage <= to; stage += 1) {
    if (stage === 5) {
      const gas = await announce(chain, key);
      figures.push({ call: 'announceAward', of: what, gas, limit: null });
      await chain.pass(13 * DAY);
    }
    const call = { key, stage, root: hash(`root ${stage}`), count: 8_765_432, anchorIndex };
    const gas = await chain.send('registrar', calls.encodeCloseStage(call));
    figures.push({ call: 'closeStage', of: `${STAGES[stage]} ${what}`, gas, limit: CLOSE_LIMIT });
  }
  return figures;
}

async function openTender(chain: Chain, name: string): Promise<number> {
  const bidsDue = (await chain.now()) + 30 * DAY;
  const call = { process: hash(name), notice: hash('n'), bidsDue, standstill: 10 * DAY, keyset: hash('k') };
  return chain.send('registrar', calls.encodeOpenTender(call));
}

async function measureTender(chain: Chain, figures: GasFigure[]): Promise<void> {
  const note = async (call: string, of: string, gas: Promise<number>) =>
    figures.push({ call, of, gas: await gas, limit: null });
  const process = hash('whole');
  const commitment = hash('record');
  await note('openTender', '', openTender(chain, 'whole'));
  const due = (await chain.now()) + 40 * DAY;
  const amendment = calls.encodeExtendBidsDue({ process, newDue: due, amendment: commitment });
  await note('extendBidsDue', '', chain.send('registrar', amendment));
  const committee = calls.encodeChangeCommittee({ process, keyset: hash('k2') });
  await note('changeCommittee', '', chain.send('registrar', committee));
  const bid = calls.encodeCommitBid({ process, envelope: hash('bid') });
  await note('commitBid', '', chain.send('anyone', bid));
  const hold = calls.encodeHold({ key: process, commitment });
  await note('hold', 'by the registrar', chain.send('registrar', hold));
  await note('hold', 'taken over by the review body', chain.send('reviewer', hold));
  await chain.pass(DAY);
  const release = calls.encodeRelease({ key: process, commitment });
  await note('release', 'before bids are due', chain.send('reviewer', release));
}

const UNITS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** A process of ten lots; lot 2 opens after lot 1 is evaluated. */
async function openUnits(chain: Chain, figures: GasFigure[]): Promise<void> {
  await openTender(chain, 'divided');
  for (const i of UNITS) {
    const after = i === 2 ? hash('unit 1') : null;
    const call = { process: hash('divided'), unit: hash(`unit ${i}`), after };
    const gas = await chain.send('registrar', calls.encodeOpenUnit(call));
    if (i <= 3) figures.push({ call: 'openUnit', of: `number ${i}`, gas, limit: null });
  }
}

async function measureUnits(chain: Chain, figures: GasFigure[], anchorIndex: number): Promise<void> {
  await closeAll(chain, '', hash('divided'), 0, 2, anchorIndex);
  const [first, second] = [hash('unit 1'), hash('unit 2')];
  figures.push(...(await closeAll(chain, 'of a unit', first, 3, 7, anchorIndex)));
  figures.push(...(await closeAll(chain, 'of a unit after another', second, 3, 5, anchorIndex)));
  for (const i of UNITS.slice(2)) {
    await closeAll(chain, '', hash(`unit ${i}`), 3, 4, anchorIndex);
    await announce(chain, hash(`unit ${i}`));
  }
  const call = { key: hash('divided'), commitment: hash('record') };
  await chain.send('reviewer', calls.encodeHold(call));
  await chain.pass(DAY);
  const gas = await chain.send('reviewer', calls.encodeRelease(call));
  figures.push({ call: 'release', of: 'of ten units, eight in standstill', gas, limit: null });
}

async function measureEnds(chain: Chain, figures: GasFigure[]): Promise<void> {
  const note = async (call: string, of: string, gas: Promise<number>) =>
    figures.push({ call, of, gas: await gas, limit: null });
  const commitment = hash('record');
  const again = calls.encodeReopen({ key: hash('whole'), stage: 4, commitment });
  await note('reopen', 'evaluation', chain.send('reviewer', again));
  const end = { key: hash('whole'), stage: 4, root: hash('root'), count: 5, commitment };
  await note('cancel', '', chain.send('registrar', calls.encodeCancel(end)));
  const retire = calls.encodeRetire({ successor: account('successor'), lastGoodAnchor: 3 });
  await note('retire', '', chain.send('admin', retire));
}

/** Every figure, from a fresh chain that mines a block per transaction. */
export async function measureGas(rpc: Rpc): Promise<GasFigure[]> {
  const { chain, deployment } = await openChain(rpc);
  const figures: GasFigure[] = [{ call: 'deployment', of: '', gas: deployment, limit: null }];
  await measureTender(chain, figures);
  await openUnits(chain, figures);
  figures.push({
    call: 'extendLog',
    of: '0 to 4096, the first',
    gas: await extend(chain, 0, 4_096),
    limit: null,
  });
  figures.push(...(await measureExtensions(chain, 4_096, 10_000, 105_000)));
  let size = 4_096;
  for (; size + MOST_LEAVES < 10_000_000 - MOST_LEAVES; size += MOST_LEAVES) {
    await extend(chain, size, size + MOST_LEAVES);
  }
  figures.push(...(await measureExtensions(chain, size, 10_000_000, 125_000)));
  await chain.pass(60 * DAY);
  await extend(chain, size, size + MOST_LEAVES);
  const anchorIndex = Math.round((size - 4_096) / MOST_LEAVES) + 1;
  figures.push(...(await closeAll(chain, 'of a process', hash('whole'), 0, 7, anchorIndex)));
  await measureUnits(chain, figures, anchorIndex);
  await measureEnds(chain, figures);
  return figures;
}

const HEAD = `# Gas

Written by \`npm run gas\`; a test fails when a figure is above its limit or this file is not what the command writes.
Gas of the whole transaction, its call data and the 21,000 of every transaction included, on a fresh anvil. The dearest
\`extendLog\` of each size is the last of its rows: the pair of sizes with the most hashes to compute.

| call | of | gas | limit |
| --- | --- | ---: | ---: |
`;

export const GAS_REPORT = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../contracts/GAS.md');

/** The text of contracts/GAS.md. */
export function gasReport(figures: GasFigure[]): string {
  const write = (n: number | null) => (n === null ? '' : n.toLocaleString('en-US'));
  const rows = figures.map(
    ({ call, of, gas, limit }) => `| \`${call}\` | ${of} | ${write(gas)} | ${write(limit)} |`,
  );
  return `${HEAD}${rows.join('\n')}\n`;
}
