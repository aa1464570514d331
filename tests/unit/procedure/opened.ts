import { operatorActor } from '@/lib/procedure/roles';
import type { Process } from '@/lib/procedure/state';
import type { Notice } from '@/lib/record/notice';
import { actor, at, NO_CHAIN, closed, DRAFT, emptyProcess, ENTITY, filed, sha, withRecords } from './pure';

/* A published tender with two bids, the people in it, and what opening a bid may come to. */

export const officer = actor('officer', ENTITY, 'officer');
export const approver = actor('approver', ENTITY, 'approver');
export const machine = operatorActor('registry.example');
export const org = (n: number) => ({ id: `org-${n}`, name: `Tenderer ${n}` });
export const tenderer = (n: number) => actor(`tenderer-${n}`, org(n), 'tenderer');
export const judges = [1, 2, 3].map((n) => actor(`judge-${n}`, { id: 'org-j', name: 'J' }, 'evaluator'));
export const opening = {
  time: at(0),
  bidsDue: at(120),
  standstill: 60,
  blockNumber: 1,
  transactionHash: '0x',
};

const MEMBERS = ['m1', 'm2', 'm3'];
export const keyset = {
  v: 1 as const,
  chainId: 31337,
  contract: '0x',
  ocid: 'o',
  n: 3,
  k: 2,
  members: MEMBERS.map((m, i) => ({
    index: i + 1,
    x25519: sha(`x25519 ${m}`),
    key: sha(`key ${m}`),
    signature: '5a'.repeat(64),
  })),
};
const accepted = MEMBERS.map((person, i) =>
  filed(
    'committee-accepted',
    { index: i + 1, x25519: sha(`x25519 ${person}`), key: sha(`key ${person}`) },
    { actor: { organization: ENTITY.id, person, role: 'committee' } },
  ),
);
export const published = (): Process =>
  withRecords(
    emptyProcess({ draft: null, chain: { ...NO_CHAIN, opening, keysets: [sha('keyset')] } }),
    filed('committee-appointed', {
      k: 2,
      members: MEMBERS.map((person, i) => ({
        index: i + 1,
        person,
        seat: 'observer' as const,
        organization: ENTITY,
      })),
    }),
    ...accepted,
    filed('notice', { tender: DRAFT as Notice, keyset, keysetHash: sha('keyset') }),
  );

export const bid = (n: number) =>
  filed('bid', {
    tenderer: org(n),
    envelope: sha(`envelope ${n}`),
    size: 1,
    bidKey: sha('key'),
    keyset: sha('keyset'),
    replaces: null,
  });
export const bidA = bid(1);
export const bidB = bid(2);
export const withBids = closed(withRecords(published(), bidA, bidB), 0, 1, 2);

export const valid = (of: typeof bidA, total: string) => ({
  outcome: 'valid' as const,
  bid: of.commitment,
  seed: sha('seed'),
  consortium: [],
  declarations: [],
  priceForm: {
    currency: 'EUR',
    items: [{ itemId: '1', quantity: '1', unitPrice: total, amount: total }],
    total,
  },
  files: [],
});
export const invalid = (of: typeof bidA) => ({
  outcome: 'invalid' as const,
  bid: of.commitment,
  seed: null,
  code: 'payload-hash',
});
export const openedAt = at(130);
export const open = (...openings: unknown[]) => ({ openings, openedAt });
