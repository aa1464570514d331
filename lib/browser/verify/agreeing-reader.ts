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

/** The nodes as witnesses: what each has said, and whether any of it can still be relied on. */
class Panel {
  private readonly nodes: readonly ChainNode[];
  private readonly reports: NodeReport[];
  private question: string | null = null;
  private refusal: ChainUnavailable | null = null;
  block: number | null = null;

  constructor(nodes: readonly ChainNode[]) {
    this.nodes = nodes;
    this.reports = nodes.map(({ name }) => ({
      name,
      head: null,
      blockHash: null,
      fault: null,
      answer: null,
    }));
  }

  report(): ChainReport {
    return { block: this.block, question: this.question, nodes: [...this.reports] };
  }

  note(at: number, change: Partial<NodeReport>): void {
    const report = this.reports[at];
    if (report !== undefined) this.reports[at] = { ...report, ...change };
  }

  /** Nothing counts any more from now on. */
  refuse(code: 'disagree' | 'unsettled', detail: string): never {
    throw (this.refusal ??= new ChainUnavailable(code, detail));
  }

  /** Everybody's answer. @throws ChainUnavailable when one does not answer, or answers differ */
  async all<T>(
    readers: readonly LedgerReader[],
    asked: string,
    ask: Ask<T>,
    mayDiffer = false,
  ): Promise<T[]> {
    if (this.refusal !== null) throw this.refusal;
    const answers = await Promise.allSettled(readers.map(ask));
    const texts = answers.map((answer) => (answer.status === 'fulfilled' ? textOf(answer.value) : null));
    const heard = texts.filter((text) => text !== null);
    // Whoever does not answer must not hide that the others contradict each other.
    if (!mayDiffer && new Set(heard).size > 1) {
      if (this.question === null) texts.forEach((answer, i) => this.note(i, { answer }));
      this.question ??= asked;
      this.refuse('disagree', asked);
    }
    return answers.map((answer, i) => {
      if (answer.status === 'fulfilled') return answer.value;
      throw this.silence(i, answer.reason);
    });
  }

  private silence(at: number, error: unknown): unknown {
    if (!(error instanceof ChainUnavailable)) return error;
    this.note(at, { fault: error.message });
    const name = this.nodes[at]?.name ?? '';
    return this.nodes.length > 1 ? new ChainUnavailable(error.code, `${name}: ${error.message}`) : error;
  }
}

type Ask<T> = (reader: LedgerReader) => Promise<T>;

/** Agrees on the block as of which everything else is asked. */
async function settle(panel: Panel, nodes: readonly ChainNode[], settledDepth: number): Promise<Frame> {
  const readers = nodes.map(({ read }) => read('latest'));
  await panel.all(readers, 'chainId', (reader) => reader.chainId());
  const newest = await panel.all(readers, 'blockNumber', (reader) => reader.blockNumber(), true);
  newest.forEach((head, i) => panel.note(i, { head }));
  const head = Math.min(...newest);
  const seen = await panel.all(readers, `block ${head}`, (reader) => reader.blockByNumber(head), true);
  seen.forEach((found, i) => panel.note(i, { blockHash: found?.hash ?? null }));
  if (differ(seen)) {
    // Honest nodes may see the newest blocks differently for a moment; deeper down only one that lies.
    const deeper = Math.max(0, head - settledDepth);
    await panel.all(readers, `block ${deeper}`, (reader) => reader.blockByNumber(deeper));
    panel.refuse('unsettled', `block ${head}`);
  }
  if (nodes.length === 1) return { head, readers };
  panel.block = head;
  return { head, readers: nodes.map(({ read }) => read(head)) };
}

/**
 * Reads the chain through all of the nodes at once. They are asked as of the newest block that all of them have, and must
 * agree on that block and on every answer; a node that is silent or lies makes the question unanswerable, since nobody can
 * tell from here which of them is right, and a majority may belong to one owner.
 * @param nodes at least one
 * @param settledDepth blocks below the newest one that honest nodes may still see differently
 */
export function agreeingReader(nodes: readonly ChainNode[], settledDepth: number): ReportingReader {
  const panel = new Panel(nodes);
  let frame: Promise<Frame> | null = null;
  const framed = (): Promise<Frame> => (frame ??= settle(panel, nodes, settledDepth));
  async function ask<T>(asked: string, one: Ask<T>): Promise<T> {
    const [answer] = await panel.all((await framed()).readers, asked, one);
    return answer as T;
  }
  return {
    report: () => panel.report(),
    chainId: () => ask('chainId', (reader) => reader.chainId()),
    code: (address) => ask(`code ${address}`, (reader) => reader.code(address)),
    blockNumber: async () => (await framed()).head,
    blockByNumber: (number) => ask(`block ${number}`, (reader) => reader.blockByNumber(number)),
    anchorCount: () => ask('anchorCount', (reader) => reader.anchorCount()),
    anchorAt: (index) => ask(`anchorAt ${index}`, (reader) => reader.anchorAt(index)),
    stageAt: (key, stage, round) =>
      ask(`stageAt ${key} ${stage} ${round}`, (reader) => reader.stageAt(key, stage, round)),
    roundOf: (key, stage) => ask(`roundOf ${key} ${stage}`, (reader) => reader.roundOf(key, stage)),
    tenderOf: (process) => ask(`tenderOf ${process}`, (reader) => reader.tenderOf(process)),
    awardAt: (key, round) => ask(`awardAt ${key} ${round}`, (reader) => reader.awardAt(key, round)),
    cancellationOf: (key) => ask(`cancellationOf ${key}`, (reader) => reader.cancellationOf(key)),
    // One proof is enough: it holds under the hash of a block on which all have agreed.
    async prove(slots) {
      for (const reader of (await framed()).readers) {
        const witness = await reader.prove?.(slots);
        if (witness) return witness;
      }
      return null;
    },
  };
}

function differ(blocks: readonly (ChainBlock | null)[]): boolean {
  return new Set(blocks.map(textOf)).size > 1;
}

/** Equal for equal answers: all of them are built by the same code, member by member in the same order. */
function textOf(answer: unknown): string {
  return answer instanceof Uint8Array ? `0x${toHex(answer)}` : JSON.stringify(answer);
}
