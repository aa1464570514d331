import { all, membersOf, type CommitteeKeySet, type Process, type Seat } from './state';

/** The seats of the people in a key set, by the appointment that it follows. */
export function seatsOf(process: Process, set: CommitteeKeySet): Seat[] {
  const members = membersOf(process, set);
  const appointed = all(process, 'committee-appointed').findLast(({ data }) =>
    [...members].every(([index, person]) =>
      data.members.some((m) => m.index === index && m.person === person),
    ),
  );
  return (appointed?.data.members ?? [])
    .filter((m) => members.has(m.index))
    .map((m) => ({ ...m, accepted: null, signed: null, rehearsed: null }));
}
