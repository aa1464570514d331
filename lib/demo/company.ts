import { randomBytes } from 'node:crypto';
import type { Actor } from '@/lib/procedure/roles';
import { createPerson } from '@/lib/server/operations/create-person';
import type { World } from '@/lib/server/world';
import { PERSONAS, type PersonaSlug } from './people';

/** A persona as an actor of real operations, with its demonstration key seed. */
export interface Player extends Actor {
  slug: PersonaSlug;
  name: string;
  /** 32 bytes: a demonstration key, kept by the registry so that robots can play. Real members' keys never are. */
  keySeed: Uint8Array;
}

export type Company = ReadonlyMap<PersonaSlug, Player>;

/** Makes the accounts, once. Passwords and keys are drawn at random and kept for the persona switcher. */
export async function hireCompany(world: World): Promise<void> {
  for (const [position, persona] of PERSONAS.entries()) {
    const password = randomBytes(24).toString('base64url');
    const { userId } = await createPerson(world, {
      ...persona,
      email: `${persona.slug}@demonstration.invalid`,
      password,
    });
    const keySeed = randomBytes(32).toString('hex');
    await world.db.demoPersona.create({ data: { slug: persona.slug, userId, password, keySeed, position } });
  }
}

/** The company, for robots and seed. */
export async function theCompany(world: World): Promise<Company> {
  const rows = await world.db.demoPersona.findMany();
  const members = await world.db.member.findMany({
    where: { userId: { in: rows.map((r) => r.userId) } },
    include: { organization: true, user: true },
  });
  const players = rows.flatMap((row): [PersonaSlug, Player][] => {
    const member = members.find((m) => m.userId === row.userId);
    const persona = PERSONAS.find((p) => p.slug === row.slug);
    if (!member || !persona) return [];
    const { id, name } = member.organization;
    return [
      [
        persona.slug,
        {
          slug: persona.slug,
          name: member.user.name,
          person: row.userId,
          organization: { id, name },
          memberRoles: member.role.split(','),
          keySeed: new Uint8Array(Buffer.from(row.keySeed ?? '', 'hex')),
        },
      ],
    ];
  });
  return new Map(players);
}

/** @throws when the demonstration's company is not complete. */
export function player(company: Company, slug: PersonaSlug): Player {
  const found = company.get(slug);
  if (!found) throw new Error(`The demonstration has no ${slug}`);
  return found;
}
