import { createHash } from 'node:crypto';
import { ACT_TABLE } from '@/lib/procedure/acts/table';
import type { ActDefinition, Context, NewRecord, Upload } from '@/lib/procedure/decision';
import type { Act } from '@/lib/procedure/permissions';
import { rolesIn, type Actor } from '@/lib/procedure/roles';
import type { Closure, Filed, Process } from '@/lib/procedure/state';
import { CATALOGUE, type RecordData, type RecordType } from '@/lib/record/catalogue';
import type { NoticeDraft } from '@/lib/record/notice';

export const NOW = Date.parse('2026-06-01T12:00:00.000Z');
export const at = (seconds: number) => new Date(NOW + seconds * 1000).toISOString();
export const sha = (text: string) => createHash('sha256').update(text).digest('hex');

export const ENTITY = { id: 'org-entity', name: 'Entity' };
export const actor = (person: string, organization = ENTITY, ...memberRoles: string[]): Actor => ({
  person,
  organization,
  memberRoles,
});

export const DRAFT: NoticeDraft = {
  title: 'Quay',
  description: 'Repair.',
  language: 'en',
  mainProcurementCategory: 'works',
  buyer: ENTITY,
  procuringEntity: ENTITY,
  value: { amount: '1000', currency: 'EUR' },
  budget: { source: 'Line 7' },
  currency: 'EUR',
  items: [{ id: '1', description: 'Wall', quantity: '2', unit: 'm' }],
  lots: [],
  envelopes: 'one',
  statements: [],
  criteria: [
    { id: 'price', kind: 'price', title: 'Price', description: '', weight: 60 },
    { id: 'quality', kind: 'quality', title: 'Quality', description: '', weight: 40 },
  ],
  bidsDue: at(120),
  standstill: 60,
  rulePack: 'fast@1',
};

export const NO_CHAIN: Process['chain'] = {
  opening: null,
  announcement: null,
  closures: [],
  units: [],
  keysets: [],
};

export const emptyProcess = (overrides: Partial<Process> = {}): Process => ({
  ocid: 'ocds-tprf00-1',
  organizationId: ENTITY.id,
  createdBy: 'officer',
  chainId: 31337,
  contract: `0x${'5f'.repeat(20)}`,
  draft: DRAFT,
  filed: [],
  erased: [],
  unit: null,
  before: null,
  chain: NO_CHAIN,
  ...overrides,
});

let serial = 0;

/** A filed record, sequenced and anchored. What the tests do not look at is plausible. */
export function filed<T extends RecordType>(
  type: T,
  data: RecordData<T>,
  more: Partial<Filed<T>> = {},
): Filed<T> {
  serial += 1;
  return {
    id: `01900000-0000-7000-8000-${String(serial).padStart(12, '0')}`,
    type,
    time: at(0),
    stage: CATALOGUE[type].stage,
    round: 0,
    unit: null,
    actor: { organization: ENTITY.id, person: 'officer', role: 'officer' },
    documents: [],
    refs: [],
    data,
    commitment: sha(`${type} ${serial}`),
    index: serial,
    anchorIndex: 0,
    ...more,
  };
}

export const withRecords = (process: Process, ...records: Filed[]): Process => ({
  ...process,
  filed: [...process.filed, ...records],
});

export function closed(process: Process, ...stages: number[]): Process {
  const closures = stages.map((stage): Closure => ({
    key: sha(process.ocid),
    unit: null,
    stage,
    round: 0,
    rootHash: sha(`root ${stage}`),
    count: 1,
    anchorIndex: 0,
    time: at(0),
    blockNumber: stage + 1,
    transactionHash: `0x${sha(`tx ${stage}`)}`,
    reason: null,
  }));
  return { ...process, chain: { ...process.chain, closures: [...process.chain.closures, ...closures] } };
}

export interface Circumstances {
  now?: number;
  uploads?: Upload[];
  signingKeys?: Context['signingKeys'];
}

/** What an act comes to, without the door. */
export function decides(process: Process, act: Act, who: Actor, input: unknown, more: Circumstances = {}) {
  const { decide } = ACT_TABLE[act] as unknown as ActDefinition<unknown>;
  return decide(process, input, {
    now: more.now ?? NOW,
    actor: who,
    roles: rolesIn(process, who),
    uploads: more.uploads ?? [],
    chainLead: 0,
    signingKeys: more.signingKeys ?? new Map(),
  });
}

/** The code of a refusal, or `ok`. */
export function codeOf(...args: Parameters<typeof decides>): string {
  const decision = decides(...args);
  return decision.ok ? 'ok' : decision.code;
}

/** The records of a decision that must be one, each valid by the catalogue. */
export function recordsOf(...args: Parameters<typeof decides>): NewRecord[] {
  const decision = decides(...args);
  if (!decision.ok) throw new Error(`refused: ${decision.code}`);
  for (const record of decision.records) CATALOGUE[record.type].data.parse(record.data);
  return decision.records;
}

/** The process with the records of a decision filed by `who`. */
export function after(
  process: Process,
  act: Act,
  who: Actor,
  input: unknown,
  more: Circumstances = {},
): Process {
  const decision = decides(process, act, who, input, more);
  if (!decision.ok) throw new Error(`${act} refused: ${decision.code}`);
  const records = decision.records.map((r) =>
    filed(r.type, r.data as never, {
      actor: { organization: who.organization.id, person: who.person, role: r.role },
      refs: r.refs ?? [],
      documents: r.documents ?? [],
    }),
  );
  const draft = decision.draft === undefined ? process.draft : decision.draft;
  return { ...withRecords(process, ...records), draft };
}
