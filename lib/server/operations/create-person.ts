import { auth, MEMBER_ROLES, type MemberRole } from '../auth';
import { uuidv7 } from '../ids';
import type { World } from '../world';

export interface NewPerson {
  name: string;
  email: string;
  password: string;
  organization: { slug: string; name: string };
  roles: readonly MemberRole[];
}

/**
 * Gives a person an account in an organization, which is made when it is new. Used by the operator's command and by the
 * demonstration; nobody signs up for an office by himself. @throws when the e-mail address is taken.
 */
export async function createPerson(
  world: World,
  person: NewPerson,
): Promise<{ userId: string; organizationId: string }> {
  const unknown = person.roles.filter((role) => !MEMBER_ROLES.includes(role));
  if (unknown.length > 0)
    throw new Error(`Unknown roles: ${unknown.join(', ')}. Known: ${MEMBER_ROLES.join(', ')}`);
  const context = await auth().$context;
  const email = person.email.toLowerCase();
  if (await context.internalAdapter.findUserByEmail(email))
    throw new Error(`${email} has an account already`);
  const user = await context.internalAdapter.createUser(
    { name: person.name, email, emailVerified: true },
    { method: 'admin' },
  );
  const password = await context.password.hash(person.password);
  await context.internalAdapter.linkAccount({
    userId: user.id,
    providerId: 'credential',
    accountId: user.id,
    password,
  });
  const now = new Date(world.clock.now());
  const { slug, name } = person.organization;
  const organization = await world.db.organization.upsert({
    where: { slug },
    create: { id: `${slug}-${uuidv7(now.getTime()).slice(-8)}`, slug, name, createdAt: now },
    update: {},
  });
  await world.db.member.create({
    data: {
      id: uuidv7(now.getTime()),
      organizationId: organization.id,
      userId: user.id,
      role: person.roles.join(','),
      createdAt: now,
    },
  });
  return { userId: user.id, organizationId: organization.id };
}
