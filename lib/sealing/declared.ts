import { isWellFormed } from '@/lib/record/unicode';
import { SealingError } from './error';
import { hasKeys } from './price-form';

/** A member of the consortium that the tenderer leads: its identifier (at most 200) and name (at most 300). */
export interface Partner {
  readonly id: string;
  readonly name: string;
}

export const MAX_PARTNERS = 20;
export const MAX_DECLARATIONS = 50;

/** Lengths are counted in UTF-16 code units, as everywhere in the registry. */
const isText = (value: unknown, max: number): value is string =>
  typeof value === 'string' && value !== '' && value.length <= max && isWellFormed(value);

/** Strict. Who stands twice, or beside itself as the leader, would be counted twice. @throws SealingError `package-consortium` */
export function parseConsortium(value: unknown, tenderer: string): Partner[] {
  if (!Array.isArray(value) || value.length > MAX_PARTNERS) throw new SealingError('package-consortium');
  const partners = value.map((partner: unknown) => {
    if (!hasKeys(partner, ['id', 'name'])) throw new SealingError('package-consortium');
    const { id, name } = partner;
    if (!isText(id, 200) || !isText(name, 300)) throw new SealingError('package-consortium');
    return { id, name };
  });
  const ids = new Set([tenderer, ...partners.map(({ id }) => id)]);
  if (ids.size !== partners.length + 1) throw new SealingError('package-consortium', 'somebody stands twice');
  return partners;
}

/** Strict. @throws SealingError `package-declarations` */
export function parseDeclarations(value: unknown): string[] {
  if (!Array.isArray(value) || value.length > MAX_DECLARATIONS)
    throw new SealingError('package-declarations');
  const ids = value.filter((id): id is string => isText(id, 60));
  if (ids.length !== value.length || new Set(ids).size !== ids.length)
    throw new SealingError('package-declarations');
  return ids;
}
