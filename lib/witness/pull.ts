import { formatAddCheckpoint } from '@/lib/merkle/add-checkpoint';
import { parseCheckpoint } from '@/lib/merkle/checkpoint';
import { proofFromTiles } from '@/lib/merkle/tile';
import type { VerifierKey } from '@/lib/merkle/verifier-key';
import { ask, fetchCheckpoint, readBytes, tilesOf } from './fetch-log';
import type { WitnessRefusal } from './judge';
import type { Witness } from './witness';

/*
 * For a witness that nobody can reach: it asks the registry itself. The proof is made here, from the log's tiles, and then
 * judged like one that was sent: nothing that the registry says is believed on the way.
 */

export type PullOutcome =
  | { outcome: 'nothing-new' }
  | { outcome: 'cosigned'; size: number }
  | { outcome: 'refused'; refusal: WitnessRefusal; size: number }
  /** The registry did not take the cosignature; `detail` is what it answered. */
  | { outcome: 'not-taken'; size: number; detail: string };

const MOST_ANSWER = 65_536;

async function submit(
  base: string,
  note: string,
  signal: AbortSignal,
): Promise<{ status: number; text: string }> {
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Accept-Language': 'en' };
  const response = await ask(`${base}/log/cosignature`, { method: 'POST', headers, body: note }, signal);
  const text = new TextDecoder().decode(await readBytes(response, MOST_ANSWER));
  return { status: response.status, text };
}

/** One pull at a time. @param base the registry's address, without a slash at its end */
export function puller(witness: Witness, logs: readonly VerifierKey[], base: string) {
  /** The note that needs no more handing over: the registry has it, or has refused it for good. */
  let done = '';
  let origin = logs[0]?.name ?? '';

  async function handOver(note: string, size: number, signal: AbortSignal): Promise<PullOutcome> {
    const { status, text } = await submit(base, note, signal);
    if (status < 500 && status !== 429) done = note;
    if (status !== 200) return { outcome: 'not-taken', size, detail: `${status} ${text.slice(0, 300)}` };
    return { outcome: 'cosigned', size };
  }

  async function cosignOffered(offered: string, signal: AbortSignal): Promise<PullOutcome> {
    const checkpoint = parseCheckpoint(offered);
    if (!checkpoint) return { outcome: 'refused', refusal: 'malformed', size: 0 };
    const { size } = checkpoint;
    if (!logs.some((key) => key.name === checkpoint.origin))
      return { outcome: 'refused', refusal: 'unknown-log', size };
    origin = checkpoint.origin;
    const last = (await witness.last(origin))?.checkpoint;
    if (last?.text === checkpoint.text) return { outcome: 'nothing-new' };
    const oldSize = last?.size ?? 0;
    if (oldSize > size) return { outcome: 'refused', refusal: 'size-falls', size };
    const proof = await proofFromTiles(tilesOf(base, signal)).consistency(oldSize, size);
    const answer = await witness.addCheckpoint(formatAddCheckpoint({ oldSize, proof, note: offered }));
    if (!answer.ok) return { outcome: 'refused', refusal: answer.refusal, size };
    return handOver(answer.note, answer.size, signal);
  }

  /** One round: at most one checkpoint. @throws LogAway */
  return async function pull(signal: AbortSignal): Promise<PullOutcome> {
    const last = await witness.last(origin);
    // Signed before and perhaps lost on the way: handed over first, before the log has grown past it.
    if (last && last.note !== done) return handOver(last.note, last.checkpoint.size, signal);
    const offered = await fetchCheckpoint(base, last?.checkpoint.size ?? 0, signal);
    return offered === null ? { outcome: 'nothing-new' } : cosignOffered(offered, signal);
  };
}
