import { ed25519 } from '@noble/curves/ed25519.js';
import { inUnit } from '@/lib/procedure/scopes';
import type { Unit } from '@/lib/procedure/units';
import type { Closure, Filed, Process } from '@/lib/procedure/state';
import type { RecordData, RecordType } from '@/lib/record/catalogue';
import type { Notice } from '@/lib/record/notice';
import { fromHex, toHex } from '@/lib/record/hex';
import { signBidAct, type BidAct } from '@/lib/sealing/bid-act';
import { keyset, opening, org, published } from './opened';
import { at, closed, DRAFT, filed, sha, withRecords } from './pure';

/* A published tender with two lots of two envelopes each, and bids with keys that really sign. */

export const TECHNICAL: Unit = { lot: 'A', part: 'technical' };
export const FINANCIAL: Unit = { lot: 'A', part: 'financial' };
export const OTHER: Unit = { lot: 'B', part: 'technical' };

export const DIVIDED: Notice = {
  ...(DRAFT as Notice),
  items: [
    { id: '1', description: 'Wall', quantity: '2', unit: 'm', relatedLot: 'A' },
    { id: '2', description: 'Crane', quantity: '1', unit: 'piece', relatedLot: 'B' },
  ],
  lots: [
    { id: 'A', title: 'Wall', description: '' },
    { id: 'B', title: 'Crane', description: '' },
  ],
  envelopes: 'two',
};

export const unitKeyOf = (unit: Unit) => sha(`unit ${unit.lot} ${unit.part}`);

/** The published tender, divided, with its units on chain. */
export function divided(): Process {
  const process = published();
  const notice = filed('notice', { tender: DIVIDED, keyset, keysetHash: sha('keyset') });
  const units = [TECHNICAL, FINANCIAL, OTHER, { lot: 'B', part: 'financial' } as Unit];
  return {
    ...process,
    filed: [...process.filed.filter((f) => f.type !== 'notice'), notice],
    chain: {
      ...process.chain,
      opening,
      units: units.map((unit) => ({ unit, key: unitKeyOf(unit), announcement: null })),
    },
  };
}

export const ofUnit = <T extends RecordType>(unit: Unit, type: T, data: RecordData<T>, more = {}): Filed<T> =>
  filed(type, data, { unit, ...more });

const secretOf = (n: number) => fromHex(sha(`secret ${n}`), 32);
export const bidKeyOf = (n: number) => toHex(ed25519.getPublicKey(secretOf(n)));

/** A sealed bid of tenderer n for a unit. */
export const sealedBid = (n: number, unit: Unit, name = 'first'): Filed<'bid'> =>
  ofUnit(
    unit,
    'bid',
    {
      tenderer: org(n),
      envelope: sha(`${name} envelope ${n} ${unit.lot} ${unit.part}`),
      size: 1,
      bidKey: bidKeyOf(n),
      keyset: sha('keyset'),
      replaces: null,
    },
    { actor: { organization: org(n).id, person: `tenderer-${n}`, role: 'tenderer' } },
  );

/** What the key of tenderer n signs over its bid: to put `envelope` in its place, or to withdraw it. */
export function signedAct(process: Process, n: number, bid: Filed<'bid'>, envelope: string | null): string {
  const act: BidAct = {
    act: envelope === null ? 'withdraw' : 'replace',
    bid: bid.commitment,
    chainId: process.chainId,
    contract: process.contract,
    ocid: process.ocid,
    envelope,
    lot: bid.unit?.lot ?? '',
    part: bid.unit?.part ?? '',
    tenderer: org(n).id,
  };
  return signBidAct(secretOf(n), act);
}

/** Closes a stage of a unit. */
export function closedUnit(process: Process, unit: Unit, ...stages: number[]): Process {
  const closures = stages.map((stage): Closure => ({
    key: unitKeyOf(unit),
    unit,
    stage,
    round: 0,
    rootHash: sha(`root ${stage}`),
    count: 1,
    anchorIndex: 0,
    time: at(200),
    blockNumber: 10 + stage,
    transactionHash: `0x${sha(`tx ${stage}`)}`,
    reason: null,
  }));
  return { ...process, chain: { ...process.chain, closures: [...process.chain.closures, ...closures] } };
}

export const bothParts = (n: number): Filed<'bid'>[] =>
  [TECHNICAL, FINANCIAL].map((unit) => sealedBid(n, unit));

/** Bids of tenderers 1 and 2 for lot A, closed on chain. */
export const bidFor = (): Process =>
  closed(withRecords(divided(), ...bothParts(1), ...bothParts(2)), 0, 1, 2);

export const report = (bids: Filed<'bid'>[]): RecordData<'opening-report'> => ({
  openedAt: at(150),
  members: [],
  seedsGiven: [],
  bids: bids.map((b) => ({
    bid: b.commitment,
    tenderer: b.data.tenderer,
    outcome: 'valid',
    total: null,
    currency: null,
  })),
  unopened: [],
  leaves: [],
});

export const openedBid = (bid: Filed<'bid'>, total: string | null): Filed<'bid-opened'> =>
  ofUnit(bid.unit ?? TECHNICAL, 'bid-opened', {
    bid: bid.commitment,
    tenderer: bid.data.tenderer,
    envelope: bid.data.envelope,
    seed: sha('seed'),
    consortium: [],
    declarations: [],
    priceForm:
      total === null
        ? null
        : {
            currency: 'EUR',
            items: [{ itemId: '1', quantity: '2', unitPrice: total, amount: total }],
            total,
          },
    files: [],
  });

export const technical = (process: Process): Process => inUnit(process, TECHNICAL);
export const financial = (process: Process): Process => inUnit(process, FINANCIAL);

/** Lot A's technical part opened, scored and sealed: 90 and 40 points for quality. */
export function judged(): { process: Process; bids: Filed<'bid'>[] } {
  const process = bidFor();
  const bids = process.filed.filter(
    (f): f is Filed<'bid'> => f.type === 'bid' && f.unit?.part === 'technical',
  );
  const sheet = ofUnit(
    TECHNICAL,
    'score-sheet',
    {
      scores: bids.map((b, i) => ({
        bid: b.commitment,
        criterion: 'quality',
        score: i === 0 ? 90 : 40,
        comment: '',
      })),
    },
    { actor: { organization: 'org-j', person: 'judge-1', role: 'evaluator' } },
  );
  const opened = closedUnit(
    withRecords(
      process,
      ...bids.map((b) => openedBid(b, null)),
      ofUnit(TECHNICAL, 'opening-report', report(bids)),
    ),
    TECHNICAL,
    3,
  );
  const sealed = ofUnit(TECHNICAL, 'scores-sealed', { sheets: [sheet.commitment] });
  return { process: withRecords(opened, sheet, sealed), bids };
}
