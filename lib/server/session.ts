import { headers } from 'next/headers';
import { cache } from 'react';
import type { Actor } from '@/lib/procedure/roles';
import { auth } from './auth';
import { db } from './db';
import type { SignedIn } from './queries/view';

/** Who is signed in, for this request; null for a citizen without an account. */
export const currentViewer = cache(async (): Promise<SignedIn | null> => {
  const session = await auth().api.getSession({ headers: await headers() });
  if (!session) return null;
  const { user } = session;
  const member = await db().member.findFirst({
    where: {
      userId: user.id,
      ...(session.session.activeOrganizationId
        ? { organizationId: session.session.activeOrganizationId }
        : {}),
    },
    orderBy: { createdAt: 'asc' },
    include: { organization: true },
  });
  // A person without an organization has no rights left (procedure.md, Identity).
  if (!member) return null;
  return {
    person: { id: user.id, name: user.name },
    organization: { id: member.organization.id, name: member.organization.name },
    roles: member.role.split(',').map((role) => role.trim()),
  };
});

export const actorOf = (viewer: SignedIn): Actor => ({
  person: viewer.person.id,
  organization: viewer.organization,
  memberRoles: viewer.roles,
});

export async function currentActor(): Promise<Actor | null> {
  const viewer = await currentViewer();
  return viewer ? actorOf(viewer) : null;
}
