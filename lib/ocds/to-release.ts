import { all, last, notice, type Filed, type Process } from '../procedure/state';
import { itemsOf, scopeOf } from '../procedure/scopes';
import type { OrganizationRef } from '../record/notice';
import type { Json, JsonObject } from './json';
import { releaseDocuments, releaseItem, releaseValue, type ReleaseOptions } from './release-parts';
import { releaseTender, tenderersOf } from './release-tender';

/**
 * The OCDS 1.1 release of a process: everything that the given process discloses, at its present state. Null before
 * publication. Serialize with `writeJson`, which keeps every digit of the amounts.
 * @param process as its reader may know it (`visibleTo`); nothing is filtered here
 */
export function releaseFrom(process: Process, options: ReleaseOptions): JsonObject | null {
  const filed = notice(process);
  const latest = process.filed.at(-1);
  if (!filed || !latest || !process.chain.opening) return null;
  const { tender } = filed.data;
  const budget = last(process, 'budget-line');
  const awards = releaseAwards(process, options);
  const contracts = releaseContracts(process, options);
  return {
    ocid: process.ocid,
    // New whenever something more is disclosed: a release never changes under its id (OCDS, releases and records).
    id: `${process.ocid}-${process.filed.length}-${latest.id}`,
    date: latest.time,
    tag: ['tender', ...(awards.length > 0 ? ['award'] : []), ...(contracts.length > 0 ? ['contract'] : [])],
    initiationType: 'tender',
    language: tender.language,
    parties: releaseParties(process),
    buyer: { ...tender.buyer },
    ...(budget
      ? { planning: { budget: { description: budget.data.source, amount: releaseValue(budget.data.value) } } }
      : {}),
    tender: releaseTender(process, filed, options),
    ...(awards.length > 0 ? { awards } : {}),
    ...(contracts.length > 0 ? { contracts } : {}),
  };
}

/** `parties`: every organization once, with all its roles. */
function releaseParties(process: Process): Json[] {
  const parties = new Map<string, { name: string; roles: Set<string> }>();
  const add = (organization: OrganizationRef, role: string) => {
    const party = parties.get(organization.id) ?? { name: organization.name, roles: new Set<string>() };
    party.roles.add(role);
    parties.set(organization.id, party);
  };
  const tender = notice(process)?.data.tender;
  if (tender) {
    add(tender.buyer, 'buyer');
    add(tender.procuringEntity, 'procuringEntity');
  }
  tenderersOf(process)?.forEach((tenderer) => add(tenderer, 'tenderer'));
  for (const type of ['award-announced', 'award', 'contract'] as const)
    all(process, type).forEach((f) => add(f.data.supplier, 'supplier'));
  return [...parties].map(([id, { name, roles }]) => ({ id, name, roles: [...roles] }));
}

/** `awards[]`: pending while the standstill runs, active with the final award. */
function releaseAwards(process: Process, options: ReleaseOptions): Json[] {
  return all(process, 'award-announced').map((announced) => {
    const final = all(process, 'award').find((a) => a.data.announced === announced.commitment);
    const source = final ?? announced;
    return {
      id: announced.commitment,
      title: titleOf(process, announced),
      description: announced.data.reasons,
      status: final ? 'active' : 'pending',
      date: source.time,
      value: releaseValue(source.data.value),
      suppliers: [{ ...source.data.supplier }],
      ...(lotOf(announced) === '' ? {} : { relatedLots: [lotOf(announced)] }),
      documents: [announced, ...(final ? [final] : [])].flatMap((f) =>
        releaseDocuments(f, 'awardNotice', options),
      ),
    };
  });
}

/** The lot that a record belongs to; '' where there are none. */
const lotOf = ({ unit }: Filed): string => unit?.lot ?? '';

/** What is awarded: the tender, or a lot of it. */
function titleOf(process: Process, filed: Filed): string {
  const tender = notice(process)?.data.tender;
  return tender?.lots.find((lot) => lot.id === lotOf(filed))?.title ?? tender?.title ?? '';
}

/**
 * `contracts[]`: each under the award of its supplier. A contract has no `relatedLots` (lots extension): it belongs to a lot by
 * its award, and by its items.
 */
function releaseContracts(process: Process, options: ReleaseOptions): Json[] {
  return all(process, 'contract').map((contract) => {
    const scope = scopeOf(process, contract);
    const award = all(scope, 'award-announced').findLast(
      (a) => a.data.supplier.id === contract.data.supplier.id,
    );
    return {
      id: contract.commitment,
      awardID: award?.commitment ?? '',
      title: titleOf(process, contract),
      description: contract.data.statement,
      status: 'active',
      value: releaseValue(contract.data.value),
      dateSigned: `${contract.data.dateSigned}T00:00:00Z`,
      ...(lotOf(contract) === '' ? {} : { items: itemsOf(scope).map(releaseItem) }),
      documents: releaseDocuments(contract, 'contractSigned', options),
    };
  });
}
