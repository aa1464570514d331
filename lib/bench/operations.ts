import { randomBytes, randomUUID } from 'node:crypto';
import type { Actor } from '@/lib/procedure/roles';
import { createTender, emptyDraft } from '@/lib/server/operations/create-tender';
import { performAct } from '@/lib/server/operations/perform-act';
import { registerKey } from '@/lib/server/operations/register-key';
import type { BenchWorld } from './database';

// The product's own operations, as pages and routes call them, each filing one record; and the bare writing of the rows that
// they leave behind, their floor.

const organization = { id: 'bench-organization', name: 'Bench' };
const officer: Actor = { person: 'bench-officer', organization, memberRoles: ['officer'] };

/** Somebody new registers a signing key: an operation that needs no tender. @returns the record's commitment */
export async function registerOne({ world }: BenchWorld): Promise<string> {
  const actor: Actor = { person: `bench-${randomUUID()}`, organization, memberRoles: [] };
  const publicKey = randomBytes(32).toString('hex');
  const outcome = await registerKey(world, actor, { publicKey, demonstration: false });
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.commitment;
}

/** Drafts, each of which can take one `appointOne`. @returns their ids */
export async function draftTenders({ world }: BenchWorld, count: number): Promise<string[]> {
  const made = await createTender(world, officer, { ...emptyDraft(officer, 'en'), title: 'Bench' });
  if (!made.ok) throw new Error(made.code);
  const row = await world.db.tender.findUniqueOrThrow({ where: { id: made.id } });
  const { draft, robots: _robots, ...rest } = row;
  const rows = Array.from({ length: count }, () => {
    const id = randomUUID();
    return { ...rest, id, ocid: `ocds-bench0-${id}`, draft: draft ?? {} };
  });
  await world.db.tender.createMany({ data: rows });
  return rows.map(({ id }) => id);
}

/** The officer of a draft appoints its committee: `performAct` with its lock, its permissions and its refreshed row. */
export async function appointOne({ world }: BenchWorld, tenderId: string): Promise<void> {
  const members = (['officer', 'regulator', 'observer'] as const).map((seat) => ({
    person: `bench-${seat}`,
    seat,
    organization,
  }));
  const outcome = await performAct(world, officer, 'appoint-committee', tenderId, { k: 2, members });
  if (!outcome.ok) throw new Error(outcome.code);
}

type Db = BenchWorld['world']['db'];
type TenderData = Parameters<Db['tender']['update']>[0]['data'];

interface Rows {
  record: Parameters<Db['record']['create']>[0]['data'];
  entry: { recordId: string; text: string; salt: Uint8Array<ArrayBuffer> };
  commitment: Uint8Array<ArrayBuffer>;
  /** What an act writes into its tender's row. */
  tender: { id: string; data: TenderData } | null;
}

/** The rows that operations of this type left, under new keys. */
export async function copiesOf({ world }: BenchWorld, type: string, count: number): Promise<Rows[]> {
  const include = { entry: true, tender: true } as const;
  const found = await world.db.record.findMany({
    where: { type },
    include,
    orderBy: { filing: 'desc' },
    take: count,
  });
  return found.map(({ entry, tender, filing: _filing, ...record }) => {
    const id = randomUUID();
    const commitment = new Uint8Array(randomBytes(32));
    return {
      record: { ...record, id, commitment, promise: record.promise ?? {} } as Rows['record'],
      entry: { recordId: id, text: entry?.text ?? '', salt: new Uint8Array(entry?.salt ?? []) },
      commitment,
      tender: tender && { id: tender.id, data: refreshed(tender) },
    };
  });
}

type Tender = Awaited<ReturnType<Db['tender']['findUniqueOrThrow']>>;

/** The columns that `refreshTender` writes. */
function refreshed(tender: Tender): TenderData {
  const { phase, updatedAt, wakeAt, publishedAt, bidsDue, title, buyerName, language, category, searchText } =
    tender;
  const { valueAmount, valueCurrency } = tender;
  const notice = { title, buyerName, language, category, valueAmount, valueCurrency, searchText };
  return { phase, updatedAt, wakeAt, publishedAt, bidsDue, ...notice };
}

/** The floor: the same rows, made beforehand, in a Prisma transaction and nothing else. */
export const insertBare = ({ world }: BenchWorld, { record, entry, commitment, tender }: Rows) =>
  world.db.$transaction(async (tx) => {
    await tx.record.create({ data: record });
    await tx.entry.create({ data: entry });
    await tx.filing.create({ data: { commitment, filedAt: new Date() } });
    if (tender) await tx.tender.update({ where: { id: tender.id }, data: tender.data });
  });
