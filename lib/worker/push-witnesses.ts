import { setTimeout as sleep } from 'node:timers/promises';
import { formatAddCheckpoint } from '@/lib/merkle/add-checkpoint';
import { parseCheckpoint } from '@/lib/merkle/checkpoint';
import { verifyCosignatures } from '@/lib/merkle/cosignature';
import { proofFromTiles } from '@/lib/merkle/tile';
import { toHex } from '@/lib/record/hex';
import { nextForWitness, storeCosignatures, type StoredCheckpoint } from '@/lib/server/cosignatures';
import { reportHealth, type PartReport } from '@/lib/server/health';
import { logHead, tileReader } from '@/lib/server/log-store';
import { witnessErrorFact, witnessStatus, type WitnessStanding } from '@/lib/server/queries/witness-status';
import type { ConfiguredWitness } from '@/lib/server/witness-list';
import type { World } from '@/lib/server/world';
import { ask, readBytes } from '@/lib/witness/fetch-log';
import type { Duty } from './duty';

/*
 * Sends checkpoints to the witnesses (C2SP tlog-witness). Each witness has a loop of its own beside the other duties: one
 * that is slow or gone delays neither the log nor another witness.
 */

/** Milliseconds between two rounds for one witness. */
const EVERY = 5000;
/** The longest pause after failures. */
const LONGEST_PAUSE = 300_000;
/** Checkpoints sent to one witness in one round. */
const MOST_STEPS = 50;
/** An answer holds a few signature lines. */
const MOST_ANSWER = 65_536;
/** A witness that lags longer than this (seconds) is behind. */
const BEHIND = 600;
const REPORT_EVERY = 15_000;

/** Why a witness did not cosign. */
export type PushError =
  /** No answer, or one that no witness gives. */
  | 'away'
  /** It knows a larger tree than ours: our database was set back. */
  | 'ahead'
  /** It does not watch this log, or not under this key. */
  | 'log-unknown'
  /** It says that our log did not only grow. */
  | 'not-consistent'
  /** It refused for another reason. */
  | 'refused'
  /** Its answer holds no valid cosignature of the configured key. */
  | 'cosignature-invalid';

type Answer = { lines: string } | { knows: number } | { error: PushError };

const BY_STATUS: Record<number, PushError> = {
  400: 'refused',
  403: 'log-unknown',
  404: 'log-unknown',
  422: 'not-consistent',
};

async function send(url: string, body: string, signal: AbortSignal): Promise<Answer> {
  try {
    const headers = { 'Content-Type': 'text/plain; charset=utf-8' };
    const response = await ask(`${url}/add-checkpoint`, { method: 'POST', headers, body }, signal);
    const text = new TextDecoder().decode(await readBytes(response, MOST_ANSWER));
    if (response.status === 200) return { lines: text };
    if (response.status !== 409) return { error: BY_STATUS[response.status] ?? 'away' };
    const [, size] = /^(0|[1-9]\d{0,14})\n$/.exec(text) ?? [];
    return size === undefined ? { error: 'refused' } : { knows: Number(size) };
  } catch {
    return { error: 'away' };
  }
}

const idOf = ({ key }: ConfiguredWitness) => ({ keyName: key.name, keyId: toHex(key.keyId) });

/** What to send to a witness that has cosigned up to `known`. */
async function nextFor(
  { db, clock }: World,
  witness: ConfiguredWitness,
  known: number,
): Promise<StoredCheckpoint | null> {
  if (known > 0) {
    const same = await db.checkpoint.findUnique({ where: { treeSize: known } });
    const id = { treeSize: BigInt(known), ...idOf(witness) };
    // It signed, and its answer was lost: it is asked for the same once more.
    if (same && !(await db.cosignature.findUnique({ where: { treeSize_keyName_keyId: id } }))) return same;
  }
  return nextForWitness(db, known, clock.now());
}

/** Sends one checkpoint. @returns the size that the witness knows then, or why it does not cosign. */
async function sendOne(
  world: World,
  { key, url }: ConfiguredWitness & { url: string },
  known: number,
  next: StoredCheckpoint,
  signal: AbortSignal,
): Promise<{ knows: number } | { error: PushError }> {
  const size = Number(next.treeSize);
  const proof = await proofFromTiles(tileReader(world.db)).consistency(known, size);
  const answer = await send(url, formatAddCheckpoint({ oldSize: known, proof, note: next.note }), signal);
  if (!('lines' in answer)) return answer;
  const cosigned = parseCheckpoint(next.note + answer.lines);
  const outcome = cosigned && verifyCosignatures(cosigned, [key]);
  if (!outcome?.ok || outcome.cosignatures.length === 0) return { error: 'cosignature-invalid' };
  await storeCosignatures(world, size, outcome.cosignatures);
  return { knows: size };
}

/**
 * Brings one witness up to date: what is anchored, in its order, then the newest.
 * @returns why it is not, or null when it is
 */
export async function pushToWitness(
  world: World,
  witness: ConfiguredWitness & { url: string },
  signal: AbortSignal,
): Promise<PushError | null> {
  const last = await world.db.cosignature.aggregate({ where: idOf(witness), _max: { treeSize: true } });
  let known = Number(last._max.treeSize ?? 0);
  for (let step = 0; step < MOST_STEPS && !signal.aborted; step += 1) {
    const next = await nextFor(world, witness, known);
    if (!next) return null;
    const result = await sendOne(world, witness, known, next, signal);
    if ('error' in result) return result.error;
    // Told the size that it was sent: it contradicts itself.
    if (result.knows === known && Number(next.treeSize) !== known) return 'refused';
    if (result.knows > ((await logHead(world.db))?.size ?? 0)) return 'ahead';
    known = result.knows;
  }
  return null;
}

const isPushed = (witness: ConfiguredWitness): witness is ConfiguredWitness & { url: string } =>
  witness.url !== null;

/** Brings every witness that can be reached up to date, once. @returns what went wrong, by the witness's name */
export async function pushToWitnesses(world: World, signal: AbortSignal): Promise<Map<string, PushError>> {
  const pushed = world.env.WITNESSES.filter(isPushed);
  const errors = await Promise.all(pushed.map((witness) => pushToWitness(world, witness, signal)));
  return new Map(pushed.flatMap(({ key }, i) => (errors[i] ? [[key.name, errors[i]]] : [])));
}

function healthOf(standings: readonly WitnessStanding[]): PartReport {
  const troubled = standings.filter(({ error, lagSeconds }) => error !== null || lagSeconds > BEHIND);
  const errors = troubled.flatMap(({ name, error }) => (error ? [[witnessErrorFact(name), error]] : []));
  return {
    part: 'witnesses',
    state: troubled.length === 0 ? 'ok' : troubled.length < standings.length ? 'warning' : 'down',
    code: troubled.length === 0 ? 'ok' : troubled.some(({ error }) => error === 'away') ? 'away' : 'behind',
    facts: {
      count: standings.length,
      troubled: troubled.length,
      names: troubled.map(({ name }) => name).join(', '),
      ...(Object.fromEntries(errors) as Record<string, string>),
    },
  };
}

/** Writes down how the witnesses stand. @param errors by the witness's name */
export async function reportWitnesses(world: World, errors: ReadonlyMap<string, PushError>): Promise<void> {
  const standings = await witnessStatus(world);
  const report = healthOf(standings.map((s) => ({ ...s, error: errors.get(s.name) ?? null })));
  await reportHealth(world.db, report, world.clock.now());
}

/** The worker's duties towards the witnesses: one for each that checkpoints are sent to, and one that reports. */
export function witnessDuties(world: World): Duty[] {
  if (world.env.WITNESSES.length === 0) return [];
  const errors = new Map<string, PushError>();
  const pushes = world.env.WITNESSES.filter(isPushed).map((witness): Duty => {
    const { name } = witness.key;
    let failures = 0;
    return {
      name: `witness ${name}`,
      every: EVERY,
      async round(signal) {
        const error = await pushToWitness(world, witness, signal);
        failures = error === null ? 0 : failures + 1;
        if (error === null) errors.delete(name);
        else errors.set(name, error);
        const more = Math.min(EVERY * 2 ** Math.min(failures, 10), LONGEST_PAUSE) - EVERY;
        if (more > 0) await sleep(more, undefined, { signal }).catch(() => undefined);
      },
    };
  });
  const report: Duty = {
    name: 'witnesses',
    part: 'witnesses',
    every: REPORT_EVERY,
    round: () => reportWitnesses(world, errors),
  };
  return [...pushes, report];
}
