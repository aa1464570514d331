import type { Partner } from '@/lib/sealing/declared';

export type PartnerFault = 'name' | 'id' | 'twice' | 'self';

/**
 * What is wrong with the partners as typed, by their position: the sealer refuses a list in which somebody stands twice,
 * or the tenderer beside itself.
 * @param tenderer identifier of the one who leads
 */
export function partnerFaults(
  partners: readonly Partner[],
  tenderer: string,
): { at: number; fault: PartnerFault }[] {
  const ids = partners.map(({ id }) => id.trim());
  return partners.flatMap(({ name }, at) => {
    const id = ids[at] ?? '';
    const fault: PartnerFault | null =
      name.trim() === ''
        ? 'name'
        : id === ''
          ? 'id'
          : id === tenderer
            ? 'self'
            : ids.indexOf(id) < at
              ? 'twice'
              : null;
    return fault === null ? [] : [{ at, fault }];
  });
}

/** As they are sealed. */
export const trimmedPartners = (partners: readonly Partner[]): Partner[] =>
  partners.map(({ id, name }) => ({ id: id.trim(), name: name.trim() }));
