import type { Filed, Process } from '@/lib/procedure/state';
import { unitsOf, type Unit } from '@/lib/procedure/units';
import type { Notice } from '@/lib/record/notice';
import type { TenderView } from '@/lib/server/queries/view';
import { phaseAt } from '@/lib/procedure/phase-at';
import { inUnit } from '@/lib/procedure/scopes';
import { DRAFT, filed, NOW, sha } from '../procedure/pure';
import { keyset, published } from '../procedure/opened';

export const lots = (count: number): Notice['lots'] =>
  Array.from({ length: count }, (_, i) => ({ id: `L${i + 1}`, title: `Lot of ${i + 1}`, description: '' }));

/** A published notice with these lots and envelopes. */
export function dividedProcess(count: number, envelopes: Notice['envelopes']): Process {
  const tender = {
    ...(DRAFT as Notice),
    lots: lots(count),
    envelopes,
    items:
      count === 0
        ? (DRAFT as Notice).items
        : lots(count).map((lot, i) => ({
            id: String(i),
            description: 'Wall',
            quantity: '2',
            unit: 'm',
            relatedLot: lot.id,
          })),
  };
  const process = published();
  return {
    ...process,
    filed: [
      ...process.filed.filter((f) => f.type !== 'notice'),
      filed('notice', { tender, keyset, keysetHash: sha('keyset') }),
    ],
  };
}

/** The process once these stages of these units are closed on chain; unit null for the whole. */
export function closedIn(process: Process, unit: Unit | null, ...stages: number[]): Process {
  const closures = stages.map((stage) => ({
    key: sha(JSON.stringify(unit)),
    unit,
    stage,
    round: 0,
    rootHash: sha(`root ${stage}`),
    count: 1,
    anchorIndex: 0,
    time: process.chain.opening?.time ?? '',
    blockNumber: stage + 1,
    transactionHash: sha('tx'),
    reason: null,
  }));
  return { ...process, chain: { ...process.chain, closures: [...process.chain.closures, ...closures] } };
}

export const withFiled = (process: Process, ...records: Filed[]): Process => ({
  ...process,
  filed: [...process.filed, ...records],
});

/** What a page is given. `may` is the same in every unit. */
export function viewOf(
  process: Process,
  more: Partial<TenderView> = {},
  may: TenderView['may'] = [],
): TenderView {
  const now = NOW + 200_000;
  const notice = process.filed.find((f) => f.type === 'notice')?.data as { tender: Notice };
  return {
    id: 'row',
    process,
    phase: phaseAt(process, now),
    units: unitsOf(notice.tender).map((unit) => ({ unit, phase: phaseAt(inUnit(process, unit), now), may })),
    now,
    signedIn: {
      person: { id: 'officer', name: 'Officer' },
      organization: { id: process.organizationId, name: 'Entity' },
      roles: ['officer'],
    },
    roles: ['citizen', 'officer'],
    may: [],
    uploads: [],
    people: {},
    stuck: null,
    demonstration: false,
    ...more,
  };
}
