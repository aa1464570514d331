import { all, tender, type Process } from '@/lib/procedure/state';

/** Names of organizations by their id, from the records that the reader may see and from nowhere else. */
export function organizationNames(process: Process): Map<string, string> {
  const names = new Map<string, string>();
  const notice = tender(process);
  const refs = [
    ...(notice ? [notice.buyer, notice.procuringEntity] : []),
    ...all(process, 'committee-appointed').flatMap((a) => a.data.members.map((m) => m.organization)),
    ...all(process, 'bid').map((bid) => bid.data.tenderer),
    ...all(process, 'bid-opened').map((bid) => bid.data.tenderer),
    ...all(process, 'opening-report').flatMap((report) => report.data.bids.map((bid) => bid.tenderer)),
  ];
  for (const { id, name } of refs) names.set(id, name);
  return names;
}
