import { all, committee, tender, type Process } from '@/lib/procedure/state';

/** Names of organizations by their id, from the records that the reader may see and from nowhere else. */
export function organizationNames(process: Process): Map<string, string> {
  const names = new Map<string, string>();
  const notice = tender(process);
  const refs = [
    ...(notice ? [notice.buyer, notice.procuringEntity] : []),
    ...(committee(process)?.seats ?? []).map((seat) => seat.organization),
    ...all(process, 'bid').map((bid) => bid.data.tenderer),
    ...all(process, 'bid-opened').map((bid) => bid.data.tenderer),
  ];
  for (const { id, name } of refs) names.set(id, name);
  return names;
}
