import type { SeedRequest } from '@/components/sealing/bid/place';
import type { OwnBid } from '@/lib/browser/bid/own-bids';
import { all, bidsToOpen, bidStandings, last, type Filed, type Process } from '@/lib/procedure/state';
import { inUnit } from '@/lib/procedure/scopes';
import type { Unit } from '@/lib/procedure/units';
import type { TenderView } from '@/lib/server/queries/view';

const isBid = (filed: Filed): filed is Filed<'bid'> => filed.type === 'bid';

/** What one's own organization has on record in the stage of bids, oldest first. */
export function ownBids(process: Process, organization: string): OwnBid[] {
  return bidStandings(process)
    .filter(({ filed }) => (filed as Filed<'bid' | 'bid-withdrawn'>).data.tenderer.id === organization)
    .map(({ filed, standing }) => {
      const { id, commitment, unit, time, index, anchorIndex } = filed;
      const { lot, part } = unit ?? ({ lot: '', part: '' } as const);
      const { envelope, size, bidKey, keyset } = isBid(filed)
        ? filed.data
        : { envelope: null, size: 0, bidKey: '', keyset: '' };
      const sealed = envelope === null ? null : { envelope, size, bidKey, keyset };
      return { id, commitment, lot, part, time, standing, sealed, index, anchored: anchorIndex !== null };
    })
    .toSorted((a, b) => (a.time < b.time ? -1 : 1));
}

/** The units in which tenderers are asked for their seeds now, with the own bids that are to be opened there. */
export function seedRequests({ process, phase, units }: TenderView, organization: string): SeedRequest[] {
  const places: { unit: Unit | null; scope: Process }[] =
    units.length === 0
      ? phase === 'opening'
        ? [{ unit: null, scope: process }]
        : []
      : units
          .filter((one) => one.phase === 'opening')
          .map(({ unit }) => ({ unit, scope: inUnit(process, unit) }));
  return places.flatMap(({ unit, scope }) => {
    const request = last(scope, 'seeds-requested');
    if (!request) return [];
    const bids = bidsToOpen(scope)
      .filter(({ data }) => data.tenderer.id === organization)
      .map(({ commitment, data }) => ({ commitment, envelope: data.envelope, bidKey: data.bidKey }));
    const given = all(scope, 'seed-given').map(({ data }) => data.bid);
    return [{ unit, until: request.data.until, reason: request.data.reason, bids, given }];
  });
}
