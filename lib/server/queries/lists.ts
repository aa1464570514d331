import type { Prisma, Tender } from '@/prisma/generated/client';
import type { Act, Role } from '@/lib/procedure/permissions';
import { PHASES, type Phase } from '@/lib/procedure/phases';
import { phaseAt } from '@/lib/procedure/phase-at';
import type { Process } from '@/lib/procedure/state';
import { scopes } from '@/lib/procedure/scopes';
import type { Unit } from '@/lib/procedure/units';
import { loadProcess } from '../load-process';
import { bidReader } from '../readers';
import { actorOf, currentViewer } from '../session';
import { world } from '../world';
import { actsFor, viewerFor } from './tender';
import type { TenderRow } from './view';

const PAGE = 20;
const PUBLIC: Prisma.TenderWhereInput = { publishedAt: { not: null } };

function toRow(t: Tender, phase?: Phase, now = 0): TenderRow {
  // The stored phase is of the last change; only the due time can have passed since.
  const stored = t.phase as Phase;
  const due = stored === 'open' && t.bidsDue !== null && t.bidsDue.getTime() <= now;
  return {
    ocid: t.ocid,
    title: t.title,
    buyerName: t.buyerName,
    language: t.language,
    category: t.category,
    value:
      t.valueAmount && t.valueCurrency
        ? { amount: t.valueAmount.toFixed(2), currency: t.valueCurrency }
        : null,
    phase: phase ?? (due ? 'closing' : stored),
    publishedAt: t.publishedAt?.toISOString() ?? null,
    bidsDue: t.bidsDue?.toISOString() ?? null,
  };
}

export interface TenderSearch {
  q?: string | undefined;
  phase?: string | undefined;
  category?: string | undefined;
  language?: string | undefined;
  page?: number | undefined;
}

/** Published processes, the newest first; every word of `q` must occur in title, buyer, description, items or ocid. */
export async function listTenders(search: TenderSearch) {
  const w = world();
  const words = (search.q ?? '').toLowerCase().slice(0, 200).split(/\s+/).filter(Boolean).slice(0, 10);
  const phase = PHASES.find((p) => p === search.phase);
  const where: Prisma.TenderWhereInput = {
    AND: [
      PUBLIC,
      ...words.map((word) => ({ searchText: { contains: word } })),
      ...(phase ? [{ phase }] : []),
      ...(search.category ? [{ category: search.category }] : []),
      ...(search.language ? [{ language: { startsWith: search.language } }] : []),
    ],
  };
  const total = await w.db.tender.count({ where });
  const pages = Math.max(1, Math.ceil(total / PAGE));
  const page = Math.min(Math.max(1, Math.trunc(search.page ?? 1) || 1), pages);
  const found = await w.db.tender.findMany({
    where,
    orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
    skip: (page - 1) * PAGE,
    take: PAGE,
  });
  const now = w.clock.now();
  return { rows: found.map((t) => toRow(t, undefined, now)), total, page, pages, now };
}

export interface WorkItem {
  tender: TenderRow;
  may: Act[];
  roles: Role[];
  /** Of a divided process: the unit in which it can be done; null for the whole. */
  unit: Unit | null;
}

/** Everything in which the signed-in person has a role, and what can be done there now. */
export async function myWork(): Promise<WorkItem[]> {
  const w = world();
  const signedIn = await currentViewer();
  if (!signedIn) return [];
  // Officers and approvers work on their organization's processes; everybody else on published ones or where seated.
  const candidates = await w.db.tender.findMany({
    where: {
      OR: [
        { organizationId: signedIn.organization.id },
        PUBLIC,
        { records: { some: { type: 'committee-appointed' } } },
      ],
    },
    // Never by the last change: the order would tell an officer when bids come in.
    orderBy: { createdAt: 'desc' },
    take: 200,
  });
  const now = w.clock.now();
  const items: WorkItem[] = [];
  const reader = bidReader(actorOf(signedIn));
  for (const tender of candidates) {
    const process = await loadProcess(w.db, w, tender.id, reader);
    if (!process) continue;
    const roles = [...viewerFor(process, signedIn).roles].filter((r) => r !== 'citizen');
    const mayIn = (scope: Process) => actsFor(scope, [...viewerFor(scope, signedIn).roles], now);
    const may = mayIn(process);
    const involved = roles.some((r) => r !== 'tenderer' && r !== 'auditor' && r !== 'reviewer');
    const bidding =
      roles.includes('tenderer') &&
      process.filed.some((f) => f.type === 'bid' && f.actor.organization === signedIn.organization.id);
    const inUnits = scopes(process)
      .filter((scope) => scope.unit !== null)
      .map((scope) => ({ scope, may: mayIn(scope) }))
      .filter((found) => found.may.length > 0);
    if (!involved && !bidding && may.length === 0 && inUnits.length === 0) continue;
    if (may.length > 0 || inUnits.length === 0)
      items.push({ tender: toRow(tender, phaseAt(process, now)), may, roles, unit: null });
    for (const found of inUnits)
      items.push({
        tender: toRow(tender, phaseAt(found.scope, now)),
        may: found.may,
        roles,
        unit: found.scope.unit,
      });
  }
  return items;
}

/** The figures of the home page. */
export async function homeFigures() {
  const w = world();
  const now = w.clock.now();
  const [tenders, open, head, anchors, lastAnchor, latest] = await Promise.all([
    w.db.tender.count({ where: PUBLIC }),
    w.db.tender.count({ where: { AND: [PUBLIC, { phase: 'open', bidsDue: { gt: new Date(now) } }] } }),
    w.db.checkpoint.findFirst({ orderBy: { treeSize: 'desc' }, select: { treeSize: true } }),
    w.db.anchor.count(),
    w.db.anchor.findFirst({ orderBy: { index: 'desc' } }),
    w.db.tender.findMany({ where: PUBLIC, orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }], take: 5 }),
  ]);
  return {
    tenders,
    open,
    records: Number(head?.treeSize ?? 0),
    anchors,
    lastAnchorTime: lastAnchor?.time.toISOString() ?? null,
    chainId: w.env.CHAIN_ID,
    latest: latest.map((t) => toRow(t, undefined, now)),
    now,
  };
}

export interface Candidate {
  person: string;
  name: string;
  organization: { id: string; name: string };
}

/** Whom an officer can appoint: committee members by the seats their roles fit, and evaluators. */
export async function listCandidates(): Promise<{
  committee: (Candidate & { seats: string[] })[];
  evaluators: Candidate[];
}> {
  const signedIn = await currentViewer();
  if (!signedIn?.roles.includes('officer')) return { committee: [], evaluators: [] };
  const members = await world().db.member.findMany({
    include: { user: true, organization: true },
    orderBy: { createdAt: 'asc' },
  });
  const all = members.map((m) => ({
    person: m.userId,
    name: m.user.name,
    organization: { id: m.organization.id, name: m.organization.name },
    roles: m.role.split(',').map((r) => r.trim()),
  }));
  const seats = ['officer', 'regulator', 'observer'];
  const bare = ({ person, name, organization }: Candidate): Candidate => ({ person, name, organization });
  return {
    committee: all
      .filter((c) => c.roles.some((r) => seats.includes(r)))
      // An officer's seat is for the procuring entity's own people.
      .filter((c) => !c.roles.includes('officer') || c.organization.id === signedIn.organization.id)
      .map((c) => ({ ...bare(c), seats: c.roles.filter((r) => seats.includes(r)) })),
    evaluators: all.filter((c) => c.roles.includes('evaluator')).map(bare),
  };
}
