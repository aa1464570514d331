import { env } from '../env';
import { currentViewer } from '../session';
import { world } from '../world';

export interface DemoBar {
  personas: { slug: string; name: string; organization: string; roles: string[] }[];
  current: string | null;
  /** Who is signed in, persona or not. */
  name: string | null;
}

/** The personas of the demonstration; null in production, where there are none. */
export async function demoBar(): Promise<DemoBar | null> {
  if (!env().DEMO) return null;
  const w = world();
  const rows = await w.db.demoPersona.findMany({ orderBy: { position: 'asc' } });
  const members = await w.db.member.findMany({
    where: { userId: { in: rows.map((r) => r.userId) } },
    include: { user: true, organization: true },
  });
  const viewer = await currentViewer();
  return {
    personas: rows.flatMap((row) => {
      const member = members.find((m) => m.userId === row.userId);
      if (!member) return [];
      return [
        {
          slug: row.slug,
          name: member.user.name,
          organization: member.organization.name,
          roles: member.role.split(','),
        },
      ];
    }),
    current: rows.find((r) => r.userId === viewer?.person.id)?.slug ?? null,
    name: viewer?.person.name ?? null,
  };
}
