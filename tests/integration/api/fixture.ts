import fs from 'node:fs/promises';
import path from 'node:path';
import type { Player } from '@/lib/demo/company';
import type { NoticeDraft } from '@/lib/record/notice';
import { connectChain, type ChainWorld } from '@/lib/server/chain-world';
import { db } from '@/lib/server/db';
import { createTender, emptyDraft } from '@/lib/server/operations/create-tender';
import { forgetRates } from '@/lib/server/rate-limit';
import type { Handler } from '@/lib/server/route';
import { localStorage } from '@/lib/server/storage';
import type { World } from '@/lib/server/world';
import { tick } from '@/lib/worker/ticks';
import { startTestWorld, type TestWorld } from '../../harness/world';

export const BASE = 'http://localhost:3000';

const player = (slug: string, organization: string, roles: string[], seed: number): Player =>
  ({
    slug,
    name: slug,
    person: `person-${slug}`,
    organization: { id: organization, name: `The ${organization}` },
    memberRoles: roles,
    keySeed: new Uint8Array(32).fill(seed),
  }) as unknown as Player;

export const PEOPLE = {
  officer: player('officer', 'city', ['officer'], 1),
  colleague: player('colleague', 'city', ['officer'], 2),
  approver: player('approver', 'city', ['approver'], 3),
  regulator: player('regulator', 'oversight', ['regulator'], 4),
  observer: player('observer', 'watch', ['observer'], 5),
  bidderA: player('bidder-a', 'alpha', ['tenderer'], 6),
  bidderB: player('bidder-b', 'beta', ['tenderer'], 7),
  stranger: player('stranger', 'elsewhere', ['officer'], 8),
};

export interface Registry {
  test: TestWorld;
  world: World;
  chain: ChainWorld;
  /** The clock of this registry and, at the next transaction, of its chain. */
  time: { now: number };
  /** Runs the worker until `done`, a tenth of a second of the clock a round. */
  until(done: () => Promise<boolean>): Promise<void>;
  /** Everything below the storage folder. */
  files(): Promise<string[]>;
  stop(): Promise<void>;
}

/** A registry with a database, a chain and a clock of its own, behind `world()`. */
export async function startRegistry(): Promise<Registry> {
  const time = { now: Math.floor(Date.now() / 1000) * 1000 };
  const test = await startTestWorld({
    genesisTime: time.now / 1000 - 60,
    env: { ANCHOR_INTERVAL_SECONDS: '1' },
  });
  const storage = localStorage(path.resolve(test.env.STORAGE_DIR));
  const world: World = { db: db(), clock: { now: () => time.now }, storage, env: test.env };
  const holder = globalThis as typeof globalThis & { tenderproofWorld?: World };
  holder.tenderproofWorld = world;
  forgetRates();
  // The chain's clock follows ours: a call is simulated and mined at our time.
  const follow = async () => {
    const { time: latest } = await chain.ledger.latestBlock();
    const next = Math.max(latest + 1, Math.floor(time.now / 1000));
    await test.chain.call('evm_setNextBlockTimestamp', next);
    await test.chain.call('evm_mine');
  };
  const chain = connectChain(test.env, follow);
  const until = async (done: () => Promise<boolean>) => {
    const errors: unknown[] = [];
    for (let round = 0; round < 400; round += 1) {
      if (await done()) return;
      await tick(world, chain, (_what, error) => errors.push(error));
      time.now += 100;
    }
    throw new Error(`The worker did not get there: ${String(errors.at(-1))}`);
  };
  const files = async () => {
    const all = await fs.readdir(test.env.STORAGE_DIR, { recursive: true, withFileTypes: true });
    return all.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  };
  const stop = async () => {
    chain.close();
    delete holder.tenderproofWorld;
    await test.stop();
  };
  return { test, world, chain, time, until, files, stop };
}

/** A complete notice of one item, due `seconds` from now. */
export function completeDraft(
  { time }: Registry,
  seconds: number,
  overrides: Partial<NoticeDraft> = {},
): NoticeDraft {
  const draft = emptyDraft(PEOPLE.officer, 'en');
  return {
    ...draft,
    title: 'School furniture',
    description: 'Desks and chairs',
    value: { amount: '10000.00', currency: 'EUR' },
    budget: { source: 'City budget' },
    items: [{ id: '1', description: 'Desk', quantity: '10', unit: 'piece' }],
    bidsDue: new Date(time.now + seconds * 1000).toISOString(),
    ...overrides,
  };
}

export async function newTender(
  registry: Registry,
  seconds = 600,
  overrides: Partial<NoticeDraft> = {},
): Promise<{ id: string; ocid: string }> {
  const draft = completeDraft(registry, seconds, overrides);
  const made = await createTender(registry.world, PEOPLE.officer, draft);
  if (!made.ok) throw new Error(made.code);
  return made;
}

/** Calls a handler as the server would. */
export function call<P extends object>(
  handler: Handler<P>,
  url: string,
  params: P,
  init: RequestInit & { duplex?: 'half' } = {},
): Promise<Response> {
  return handler(new Request(`${BASE}${url}`, init), { params: Promise.resolve(params) });
}

/** The body of a refusal. */
export const refusalOf = async (response: Response) => ({
  status: response.status,
  ...((await response.json()) as { code: string; message: string; params?: { detail?: string } }),
});

export const pdf = (text: string) => new TextEncoder().encode(`%PDF-1.7\n${text}\n%%EOF\n`);
