import type http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatWitnessKey } from '@/lib/merkle/cosignature';
import { openKeyFile } from '@/lib/witness/key-file';
import { readWitnessOptions, type WitnessOptions } from '@/lib/witness/options';
import { puller, type PullOutcome } from '@/lib/witness/pull';
import { witnessServer } from '@/lib/witness/server';
import { openState } from '@/lib/witness/state';
import { makeWitness, type Witness } from '@/lib/witness/witness';
import { AlreadyRunning, takeRunLock } from './run-lock';
import { stopOnSignals } from './signals';

// `npm run witness`: cosigns the checkpoints of a log as long as it only grows. Needs a folder and nothing else.

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
const say = (line: string) => console.log(`${new Date().toISOString()} ${line}`);

async function listen(server: http.Server, port: number, host: string): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return `http://${host}:${taken}`;
}

/** Nothing is said where nothing was to do. */
function describe(base: string, outcome: PullOutcome): string {
  if (outcome.outcome === 'cosigned') return `${base}: cosigned size ${outcome.size}`;
  if (outcome.outcome === 'refused') return `${base}: REFUSED size ${outcome.size}: ${outcome.refusal}`;
  if (outcome.outcome === 'not-taken')
    return `${base}: did not take the cosignature of size ${outcome.size}: ${outcome.detail}`;
  return '';
}

/** Asks one registry again and again; says each trouble once. */
async function keepPulling(witness: Witness, options: WitnessOptions, base: string, signal: AbortSignal) {
  const pull = puller(witness, options.logs, base);
  let said = '';
  while (!signal.aborted) {
    const line = await pull(signal).then(
      (outcome) => describe(base, outcome),
      (error: unknown) => `${base}: ${messageOf(error)}`,
    );
    if (line !== '' && line !== said) say(line);
    if (line !== '') said = line;
    await sleep(options.every * 1000, undefined, { signal }).catch(() => undefined);
  }
}

async function run(): Promise<void> {
  const options = readWitnessOptions(process.argv.slice(2));
  const lock = await takeRunLock(options.state).catch((error: unknown) => {
    if (!(error instanceof AlreadyRunning)) throw error;
    throw new Error(`Another witness already works in ${options.state}: two could be shown two histories.`);
  });
  const stopping = new AbortController();
  const identity = await openKeyFile(options.keyFile, options.name);
  const state = await openState(options.state, identity.key);
  const witness = makeWitness({ identity, logs: options.logs, state, now: Date.now });
  // A damaged memory is found now, not at the first request.
  for (const { name } of options.logs) await witness.last(name);
  const onError = (error: unknown) => say(`failed: ${messageOf(error)}`);
  const server = options.port === null ? null : witnessServer(witness, options.logs, onError);
  console.log(`Witness       ${identity.key.name}`);
  console.log(`Verifier key  ${formatWitnessKey(identity.key)}`);
  for (const { name } of options.logs) console.log(`Watches       ${name}`);
  if (server)
    console.log(`Listens       ${await listen(server, options.port ?? 0, options.host)}/add-checkpoint`);
  const pulling = options.submit.map((base) => keepPulling(witness, options, base, stopping.signal));
  stopOnSignals(async () => {
    stopping.abort();
    server?.close();
    server?.closeIdleConnections();
    await Promise.all(pulling);
    lock.release();
  });
}

await run().catch((error: unknown) => {
  console.error(`\n${messageOf(error)}\n`);
  process.exit(1);
});
