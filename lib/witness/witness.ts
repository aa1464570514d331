import { parseAddCheckpoint, type ParsedAddCheckpoint } from '@/lib/merkle/add-checkpoint';
import { cosign, signaturesBy } from '@/lib/merkle/cosignature';
import { formatSignatureLine } from '@/lib/merkle/checkpoint';
import type { VerifierKey } from '@/lib/merkle/verifier-key';
import { judgeGrowth, judgeSignature, keysOf, type WitnessRefusal } from './judge';
import type { WitnessIdentity } from './key-file';
import type { WitnessState } from './state';

export interface WitnessSetup {
  identity: WitnessIdentity;
  /** Whose checkpoints are cosigned; several keys of one name are one log. */
  logs: readonly VerifierKey[];
  state: WitnessState;
  /** Milliseconds since the epoch. */
  now(): number;
}

export type WitnessAnswer =
  | { ok: true; size: number; /** The signature line, with its newline. */ line: string; note: string }
  | { ok: false; refusal: WitnessRefusal; /** The size cosigned last. */ size: number };

export interface Witness {
  /** @param body the request of C2SP tlog-witness */
  addCheckpoint(body: string): Promise<WitnessAnswer>;
  /** The last cosigned checkpoint with its cosignature. */
  last(origin: string): ReturnType<WitnessState['load']>;
}

/** One after the other, by name. */
function turns() {
  const last = new Map<string, Promise<unknown>>();
  return async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const mine = (last.get(name) ?? Promise.resolve()).then(work, work);
    last.set(name, mine);
    return mine;
  };
}

export function makeWitness({ identity, logs, state, now }: WitnessSetup): Witness {
  const inTurn = turns();

  /** The log's own lines, then ours: lines of strangers, who may be anybody, are not kept. */
  function cosigned({ checkpoint }: ParsedAddCheckpoint): { line: string; note: string } {
    const { line } = cosign(checkpoint.text, identity.key.name, identity.seed, Math.floor(now() / 1000));
    const own = keysOf(logs, checkpoint.origin).flatMap((key) => signaturesBy(key, checkpoint));
    return { line, note: `${checkpoint.text}\n${own.map(formatSignatureLine).join('')}${line}` };
  }

  async function grow(request: ParsedAddCheckpoint): Promise<WitnessAnswer> {
    const { origin, size } = request.checkpoint;
    const known = (await state.load(origin))?.checkpoint ?? null;
    const refusal = judgeGrowth(request, known);
    if (refusal === 'root-differs' && known) await state.keepContradiction(origin, request.note);
    if (refusal !== null) return { ok: false, refusal, size: known?.size ?? 0 };
    const { line, note } = cosigned(request);
    // Before the signature leaves: a witness that forgot what it signed could be shown another history.
    await state.save(origin, note);
    return { ok: true, size, line, note };
  }

  return {
    async addCheckpoint(body) {
      const request = parseAddCheckpoint(body);
      if (!request) return { ok: false, refusal: 'malformed', size: 0 };
      const { origin } = request.checkpoint;
      const refusal = judgeSignature(request.note, origin, logs);
      if (refusal !== null) return { ok: false, refusal, size: 0 };
      // Judging and remembering are one step for each log: two requests at once could otherwise get a fork cosigned.
      return inTurn(origin, () => grow(request));
    },
    last: (origin) => state.load(origin),
  };
}
