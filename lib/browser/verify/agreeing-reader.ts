import { ChainUnavailable, type ChainBlock, type LedgerReader } from '@/lib/evidence/chain-reader';
import { toHex } from '@/lib/record/hex';

/** A node, and how to read the contract through it as of some block. */
export interface ChainNode {
  /** Its address, as the reader named it. */
  readonly name: string;
  read(at: number | 'latest'): LedgerReader;
}

/** What one node was found to say. */
export interface NodeReport {
  readonly name: string;
  /** The newest block that it knows. */
  readonly head: number | null;
  /** What it says the hash of the block is at which all are compared. */
  readonly blockHash: string | null;
  /** Why it could not be asked. */
  readonly fault: string | null;
  /** What it answered to the question on which the nodes part. */
  readonly answer: string | null;
}

export interface ChainReport {
  /** The block as of which all nodes were asked; null before that was settled. */
  readonly block: number | null;
  /** The question to which the answers differ; null while they agree. */
  readonly question: string | null;
  readonly nodes: readonly NodeReport[];
}

/** A reader that also tells which node said what. */
export interface ReportingReader extends LedgerReader {
  report(): ChainReport;
}

interface Frame {
  readonly head: number;
  readonly readers: readonly LedgerReader[];
}

/**
 * Reads the chain through all of the nodes at once. They are asked as of the newest block that all of them have, and must
 * agree on that block and on every answer; a node that is silent or lies makes the question unanswerable, since nobody can
 * tell from here which of them is right, and a majority may belong to one owner.
 * @param nodes at least one
 * @param settledDepth blocks below the newest one that honest nodes may still see differently
 */
export function agreeingReader(nodes: readonly ChainNode[], settledDepth: number): ReportingReader {
  const reports = nodes.map(({ name }): NodeReport => ({
    ...{ name, head: null, blockHash: null, fault: null, answer: null },
  }));
  let block: number | null = null;
  let question: string | null = null;
  let refusal: ChainUnavailable | null = null;
  let frame: Promise<Frame> | null = null;
  const note = (at: number, change: Partial<NodeReport>): void => {
    const report = reports[at];
    if (report !== undefined) reports[at] = { ...report, ...change };
  };
  const heads = nodes.map(({ read }) => read('latest'));

  /** Everybody's answer. @throws ChainUnavailable when one does not answer, or answers differ */
  async function all<T>(
    readers: readonly LedgerReader[],
    asked: string,
    ask: (reader: LedgerReader) => Promise<T>,
    mayDiffer = false,
  ): Promise<T[]> {
    if (refusal !== null) throw refusal;
    const answers = await Promise.allSettled(readers.map(ask));
    const texts = answers.map((answer) => (answer.status === 'fulfilled' ? textOf(answer.value) : null));
    const heard = texts.filter((text) => text !== null);
    // Whoever does not answer must not hide that the others contradict each other.
    if (!mayDiffer && new Set(heard).size > 1) {
      question ??= asked;
      texts.forEach((text, i) => note(i, { answer: text }));
      throw (refusal ??= new ChainUnavailable('disagree', asked));
    }
    return answers.map((answer, i) => {
      if (answer.status === 'fulfilled') return answer.value;
      const error: unknown = answer.reason;
      if (!(error instanceof ChainUnavailable)) throw error;
      note(i, { fault: error.message });
      throw nodes.length > 1
        ? new ChainUnavailable(error.code, `${nodes[i]?.name ?? ''}: ${error.message}`)
        : error;
    });
  }

  async function settle(): Promise<Frame> {
    await all(heads, 'chainId', (reader) => reader.chainId());
    const newest = await all(heads, 'blockNumber', (reader) => reader.blockNumber(), true);
    newest.forEach((head, i) => note(i, { head }));
    const head = Math.min(...newest);
    const seen = await all(heads, `block ${head}`, (reader) => reader.blockByNumber(head), true);
    seen.forEach((found, i) => note(i, { blockHash: found?.hash ?? null }));
    if (differ(seen)) await refuseBelow(head);
    if (nodes.length === 1) return { head, readers: heads };
    block = head;
    return { head, readers: nodes.map(({ read }) => read(head)) };
  }

  /** Honest nodes may see the newest blocks differently for a moment; deeper down only one that lies, or is of another chain. */
  async function refuseBelow(head: number): Promise<never> {
    const deeper = Math.max(0, head - settledDepth);
    await all(heads, `block ${deeper}`, (reader) => reader.blockByNumber(deeper));
    throw (refusal ??= new ChainUnavailable('unsettled', `block ${head}`));
  }

  async function ask<T>(asked: string, one: (reader: LedgerReader) => Promise<T>): Promise<T> {
    const { readers } = await (frame ??= settle());
    const [answer] = await all(readers, asked, one);
    return answer as T;
  }

  return {
    report: () => ({ block, question, nodes: [...reports] }),
    chainId: () => ask('chainId', (reader) => reader.chainId()),
    code: (address) => ask(`code ${address}`, (reader) => reader.code(address)),
    blockNumber: async () => (await (frame ??= settle())).head,
    blockByNumber: (number) => ask(`block ${number}`, (reader) => reader.blockByNumber(number)),
    anchorCount: () => ask('anchorCount', (reader) => reader.anchorCount()),
    anchorAt: (index) => ask(`anchorAt ${index}`, (reader) => reader.anchorAt(index)),
    stageAt: (key, stage, round) =>
      ask(`stageAt ${key} ${stage} ${round}`, (reader) => reader.stageAt(key, stage, round)),
    roundOf: (key, stage) => ask(`roundOf ${key} ${stage}`, (reader) => reader.roundOf(key, stage)),
    tenderOf: (process) => ask(`tenderOf ${process}`, (reader) => reader.tenderOf(process)),
    awardAt: (key, round) => ask(`awardAt ${key} ${round}`, (reader) => reader.awardAt(key, round)),
    cancellationOf: (key) => ask(`cancellationOf ${key}`, (reader) => reader.cancellationOf(key)),
  };
}

function differ(blocks: readonly (ChainBlock | null)[]): boolean {
  return new Set(blocks.map(textOf)).size > 1;
}

/** Equal for equal answers: all of them are built by the same code, member by member in the same order. */
function textOf(answer: unknown): string {
  return answer instanceof Uint8Array ? `0x${toHex(answer)}` : JSON.stringify(answer);
}
