import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readReleases } from '@/app/[locale]/(office)/work/read-releases';
import type { Player } from '@/lib/demo/company';
import { releaseShares } from '@/lib/demo/acts';
import { myWork } from '@/lib/server/queries/lists';
import type { SignedIn } from '@/lib/server/queries/view';
import { PEOPLE, startRegistry, type Registry } from './fixture';
import { inPhase, publish, submit } from './played';

/* What a member of several committees has to release, with one opening of the key file. */

/** For the read models of pages: who is signed in is otherwise read from the request that Next is serving. */
let signedIn: SignedIn | null = null;
vi.mock('@/lib/server/session', async (original) => ({
  ...(await original<object>()),
  currentViewer: async () => signedIn,
}));

let registry: Registry;
const tenders: { id: string; ocid: string }[] = [];

async function waitingFor(who: Player) {
  signedIn = {
    person: { id: who.person, name: who.name },
    organization: who.organization,
    roles: [...who.memberRoles],
  };
  return readReleases(await myWork());
}
const ocids = async (who: Player) => (await waitingFor(who)).map(({ task }) => task.ocid).sort();

beforeAll(async () => {
  registry = await startRegistry();
  for (let n = 0; n < 2; n += 1) {
    registry.time.now = Math.ceil(registry.time.now / 1000) * 1000;
    tenders.push(await publish(registry, 600));
  }
  for (const { id } of tenders)
    for (const who of [PEOPLE.bidderA, PEOPLE.bidderB]) await submit(registry, id, who, '9.5', 2_000);
});
afterAll(() => registry.stop());

describe('releasing for several tenders at once', () => {
  it('offers nothing before bids are closed, and then every opening, to the committee alone', async () => {
    expect(await ocids(PEOPLE.regulator)).toEqual([]);
    registry.time.now += 601_000;
    for (const { id } of tenders) await registry.until(inPhase(registry, id, 'opening'));
    const all = tenders.map(({ ocid }) => ocid).sort();
    expect(await ocids(PEOPLE.regulator)).toEqual(all);
    expect(await ocids(PEOPLE.officer)).toEqual(all);
    for (const other of [PEOPLE.bidderA, PEOPLE.approver, PEOPLE.stranger])
      expect(await ocids(other)).toEqual([]);
  });

  it('names the key that they are sealed to, and every bid', async () => {
    const releases = await waitingFor(PEOPLE.regulator);
    expect(new Set(releases.map(({ registeredKey }) => registeredKey)).size).toBe(1);
    expect(releases.map(({ task }) => task.bids.length)).toEqual([2, 2]);
    expect(releases[0]?.task).toMatchObject({ unit: null, title: 'School furniture' });
  });

  it('does not offer again what is released', async () => {
    const [first, second] = tenders as [{ id: string; ocid: string }, { id: string; ocid: string }];
    await releaseShares(registry.world, PEOPLE.regulator, first.id);
    expect(await ocids(PEOPLE.regulator)).toEqual([second.ocid]);
    expect(await ocids(PEOPLE.officer)).toHaveLength(2);
  });
});
