import type { Person } from './people';
import { registeredKey } from './publish';
import type { Scene } from './scene';

/** Puts somebody into the tables of people, as the operator's command does, and registers the signing key. */
export async function employ(scene: Scene, person: Person): Promise<void> {
  const now = new Date(scene.clock.now());
  const { id, name } = person.organization;
  await scene.world.db.organization.upsert({
    where: { slug: id },
    create: { id, slug: id, name, createdAt: now },
    update: {},
  });
  await scene.world.db.user.create({
    data: { id: person.person, name: person.person, email: `${person.person}@example.org` },
  });
  await scene.world.db.member.create({
    data: {
      id: `member-${person.person}`,
      organizationId: id,
      userId: person.person,
      role: person.memberRoles.join(','),
      createdAt: now,
    },
  });
  await registeredKey(scene, person);
}
