import { describe, expect, it } from 'vitest';
import { parseEnvelope } from '@/lib/sealing/envelope';
import { deriveCommitteeKey } from '@/lib/sealing/member-key';
import { rehearsalIdentity, rehearse } from '@/lib/sealing/rehearse';
import { filled, makeKeySet, memberSeed, seal, release, SCOPE } from './fixture';

const secretOf = (index: number, scope = SCOPE as Parameters<typeof deriveCommitteeKey>[1]) =>
  deriveCommitteeKey(memberSeed(index), scope).secret;

describe('a rehearsal', () => {
  it.each([
    [1, 1],
    [2, 3],
    [7, 11],
  ])('of %i of %i opens with each member’s own key', async (k, n) => {
    const keySet = makeKeySet(k, n);
    for (let index = 1; index <= n; index += 1)
      await rehearse(keySet, rehearsalIdentity(keySet), index, secretOf(index), filled(0x77));
  });

  it('needs no signatures, and is bound to the same digest before and after them', async () => {
    const keySet = makeKeySet(2, 3);
    const draft = { ...keySet, members: keySet.members.map(({ signature: _, ...member }) => member) };
    expect(rehearsalIdentity(draft)).toEqual(rehearsalIdentity(keySet));
    await rehearse(draft, rehearsalIdentity(draft), 2, secretOf(2), filled(0x77));
  });

  it('fails with another member’s key, another tender’s, and in a place that there is not', async () => {
    const keySet = makeKeySet(2, 3);
    const identity = rehearsalIdentity(keySet);
    const elsewhere = secretOf(1, { ...SCOPE, ocid: 'ocds-e3hb2t-0002' });
    for (const [index, secret] of [
      [1, secretOf(2)],
      [1, elsewhere],
      [4, secretOf(1)],
      [0, secretOf(1)],
    ] as const)
      await expect(rehearse(keySet, identity, index, secret, filled(0x77))).rejects.toMatchObject({
        code: 'share-unopenable',
      });
  });

  it('fails when a member’s key in the set is another than its own', async () => {
    const keySet = makeKeySet(2, 3);
    const members = keySet.members.map((member, at) =>
      at === 0 ? { ...member, x25519: keySet.members[1]!.x25519 } : member,
    );
    const changed = { ...keySet, members };
    await expect(
      rehearse(changed, rehearsalIdentity(changed), 1, secretOf(1), filled(0x77)),
    ).rejects.toMatchObject({ code: 'share-unopenable' });
  });

  it('never opens a bid: its purpose stands in the envelope', async () => {
    const bid = await seal();
    const asRehearsal = { ...bid, request: { ...bid.request, purpose: 'rehearsal' as const } };
    expect(parseEnvelope(bid.bytes).purpose).toBe('bid');
    await expect(release(asRehearsal, 1)).rejects.toMatchObject({ code: 'envelope-other-purpose' });
  });
});
